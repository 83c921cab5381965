using System.Collections.Immutable;
using Analytics.Compiler.Resolving;
using Analytics.Compiler.Resolving.Nodes;
using Analytics.Deployment.Planning.Catalog;
using Analytics.Jinja.Values;

namespace Analytics.Deployment.Planning.Fingerprints;

/// <summary>
/// Finds the views, seeds and functions that need not be built again: they have the fingerprint they were made with, and all that they
/// read stays as well. Tables, incremental models and snapshots are always built, for rows come and go without a word in the
/// project; so is whatever has a hook, which has to run.
/// </summary>
/// <param name="graph">The whole graph.</param>
/// <param name="selected">Unique ids of the nodes to publish.</param>
/// <param name="catalog">What the database holds.</param>
/// <param name="published">What earlier publishes noted.</param>
/// <param name="fingerprints">The fingerprints of the nodes as they are now, by unique id.</param>
internal sealed class UnchangedRelations(
    ModelGraph graph,
    IReadOnlySet<string> selected,
    CatalogSnapshot catalog,
    PublishedState published,
    IReadOnlyDictionary<string, string> fingerprints
)
{
    /// <summary>The nodes to leave as they are.</summary>
    /// <returns>Unique ids of selected nodes.</returns>
    public ImmutableHashSet<string> Find()
    {
        // The graph is in dependency order: what a node reads was decided before it.
        var staying = new HashSet<string>(StringComparer.Ordinal);
        var unchanged = ImmutableHashSet.CreateBuilder<string>(StringComparer.Ordinal);
        foreach (
            var node in graph
                .Nodes.Where(node => node is RelationNode or FunctionNode)
                .Where(node => Stays(node, staying))
        )
        {
            staying.Add(node.UniqueId);
            if (selected.Contains(node.UniqueId) && IsMade(node))
            {
                unchanged.Add(node.UniqueId);
            }
        }

        return unchanged.ToImmutable();
    }

    private bool Stays(GraphNode node, HashSet<string> staying) =>
        node switch
        {
            SourceNode => true,
            ModelNode { Materialization: Materialization.Ephemeral } => node.DependsOn.All(staying.Contains),
            _ when !selected.Contains(node.UniqueId) => true,
            ModelNode { Maker: not null } => false,

            // What a function reads may be built beside it, and what calls it there must find that.
            FunctionNode function => published.Functions.TryGetValue(function.Relation, out var made)
                && fingerprints.GetValueOrDefault(node.UniqueId) == made
                && node.DependsOn.All(staying.Contains),
            ModelNode { Materialization: Materialization.View } model => IsAsMade(model, RelationKind.View)
                && node.DependsOn.All(staying.Contains),
            SeedNode seed => IsAsMade(seed, RelationKind.Table),
            _ => false,
        };

    // A source is somebody else's, and an ephemeral model is no relation.
    private static bool IsMade(GraphNode node) =>
        node is not (SourceNode or ModelNode { Materialization: Materialization.Ephemeral });

    private bool IsAsMade(RelationNode node, RelationKind kind) =>
        !HasHooks(node)
        && catalog.Find(node.Relation)?.Kind == kind
        && published.Fingerprints.TryGetValue(node.Relation, out var made)
        && fingerprints.GetValueOrDefault(node.UniqueId) == made;

    private static bool HasHooks(RelationNode node) =>
        new[] { "pre-hook", "post-hook" }.Any(key =>
            node.Config.Values.GetValueOrDefault(key) is PyList { Count: > 0 }
        );
}
