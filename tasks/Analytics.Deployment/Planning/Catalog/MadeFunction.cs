using Analytics.Compiler.Resolving;

namespace Analytics.Deployment.Planning.Catalog;

/// <summary>A function that an earlier publish of the project made and that is there still.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Oid">Its object id, which is the one it was made with.</param>
/// <param name="Signature">Its name and the types of its arguments, as SQL.</param>
/// <param name="Fingerprint">What it was made from; null when somebody changed it since.</param>
internal sealed record MadeFunction(RelationName Name, uint Oid, string Signature, string? Fingerprint);
