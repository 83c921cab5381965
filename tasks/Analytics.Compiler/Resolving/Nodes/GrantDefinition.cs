namespace Analytics.Compiler.Resolving.Nodes;

/// <summary>A privilege on a relation that the config <c>grants</c> gives to a role.</summary>
/// <param name="Privilege">In capitals, for example <c>SELECT</c>.</param>
/// <param name="Grantee">The role's name without quotes; null for everybody (<c>public</c>).</param>
public sealed record GrantDefinition(string Privilege, string? Grantee);
