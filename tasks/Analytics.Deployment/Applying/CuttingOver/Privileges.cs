using System.Collections.Immutable;
using Analytics.Compiler.Resolving.Nodes;

namespace Analytics.Deployment.Applying.CuttingOver;

/// <summary>
/// Which privileges a relation must have. Where the config <c>grants</c> says something it counts, as with dbt, and takes away what it does
/// not say; columns are not its matter. Where it says nothing, a relation keeps what it had.
/// </summary>
internal static class Privileges
{
    /// <summary>Of a relation that is made anew. It may also have what every new one in its schema gets.</summary>
    /// <param name="old">What the old one had, or a new one would have.</param>
    /// <param name="granted">What hooks gave to the new one.</param>
    /// <param name="defaults">What a new one gets in the schema.</param>
    /// <param name="node">The node; null for a view of somebody else.</param>
    public static ImmutableHashSet<Grant> OfReplaced(
        ImmutableHashSet<Grant> old,
        ImmutableHashSet<Grant> granted,
        ImmutableHashSet<Grant> defaults,
        RelationNode? node
    ) =>
        node?.Grants is { } configured
            ?
            [
                .. old.Where(grant => grant.Column is not null || defaults.Contains(grant)),
                .. granted,
                .. Of(configured),
            ]
            : old.Union(granted);

    /// <summary>Of a table that stays and takes rows.</summary>
    /// <param name="old">What it has.</param>
    /// <param name="node">The node.</param>
    public static ImmutableHashSet<Grant> OfKept(ImmutableHashSet<Grant> old, RelationNode node) =>
        node.Grants is { } configured ? [.. old.Where(grant => grant.Column is not null), .. Of(configured)] : old;

    private static IEnumerable<Grant> Of(ImmutableArray<GrantDefinition> configured) =>
        configured.Select(grant => new Grant(grant.Privilege, null, grant.Grantee, false));
}
