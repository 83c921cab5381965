using Analytics.Compiler.Resolving;
using Analytics.Deployment.Planning.Catalog;

namespace Analytics.Deployment.Planning.Pruning;

/// <summary>A relation that an earlier publish of the project made, and that the project has no more.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Oid">Its object id, which is the one it was made with.</param>
/// <param name="Kind">What it is.</param>
/// <param name="Rows">How many rows the server thinks it has; negative when it does not know.</param>
internal sealed record PrunedRelation(RelationName Name, uint Oid, RelationKind Kind, long Rows);
