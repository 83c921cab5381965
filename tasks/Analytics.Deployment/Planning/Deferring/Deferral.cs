using System.Collections.Immutable;
using System.Text.Json;
using Analytics.Compiler.Diagnostics;
using Analytics.Compiler.Resolving;
using Analytics.Compiler.Resolving.Nodes;
using Analytics.Deployment.Planning.Catalog;
using Analytics.Deployment.Planning.Selection.State;

namespace Analytics.Deployment.Planning.Deferring;

/// <summary>
/// dbt's <c>--defer</c>: what a selected node reads, and is not selected itself, is read from another target where this one does not
/// have it.
/// </summary>
/// <param name="Manifest">Says where the other target has its relations.</param>
/// <param name="FavorState">Whether it counts also where this target has the relation: <c>--favor-state</c>.</param>
internal sealed record Deferral(ManifestView Manifest, bool FavorState)
{
    /// <summary>The nodes that may be deferred.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="selected">Unique ids of the nodes to publish.</param>
    public static IEnumerable<GraphNode> Candidates(ModelGraph graph, IReadOnlySet<string> selected) =>
        graph.Nodes.Where(node =>
            node is RelationNode or FunctionNode
            && node is not (SourceNode or ModelNode { Materialization: Materialization.Ephemeral })
            && !selected.Contains(node.UniqueId)
        );

    /// <summary>Finds out what is read elsewhere.</summary>
    /// <param name="candidates">See <see cref="Candidates"/>.</param>
    /// <param name="catalog">What the target has of them.</param>
    /// <param name="functions">The functions that the target has of them.</param>
    /// <param name="database">The target's database: PostgreSQL reads no other.</param>
    /// <returns>The relations by unique id; and what cannot be read.</returns>
    public (ImmutableDictionary<string, RelationName> Relations, ImmutableArray<Diagnostic> Diagnostics) Resolve(
        IEnumerable<GraphNode> candidates,
        CatalogSnapshot catalog,
        IReadOnlySet<RelationName> functions,
        string database
    )
    {
        var relations = ImmutableDictionary.CreateBuilder<string, RelationName>(StringComparer.Ordinal);
        var diagnostics = ImmutableArray.CreateBuilder<Diagnostic>();
        foreach (var node in candidates.Where(node => FavorState || !IsHere(node, catalog, functions)))
        {
            if (Manifest.Find(node.UniqueId) is not { } entry || Place(entry) is not { } place)
            {
                continue;
            }

            if (place.Database != database)
            {
                diagnostics.Add(
                    DeploymentDiagnostics.State(
                        $"'{node.Name}' is {place.ToSql()} there, and PostgreSQL reads no other database than the one it is connected to, '{database}'"
                    )
                );
            }
            else if (place != node.ObjectName)
            {
                relations.Add(node.UniqueId, place);
            }
        }

        return (relations.ToImmutable(), diagnostics.ToImmutable());
    }

    private static bool IsHere(GraphNode node, CatalogSnapshot catalog, IReadOnlySet<RelationName> functions) =>
        node is FunctionNode function
            ? functions.Contains(function.Relation)
            : catalog.Find(node.ObjectName!) is not null;

    private static RelationName? Place(JsonElement entry) =>
        Text(ManifestView.At(entry, "config", "materialized")) != "ephemeral"
        && Text(ManifestView.At(entry, "database")) is { } database
        && Text(ManifestView.At(entry, "schema")) is { } schema
        && Text(ManifestView.At(entry, "alias")) is { } alias
            ? new RelationName(database, schema, alias)
            : null;

    private static string? Text(JsonElement element) =>
        element.ValueKind == JsonValueKind.String ? element.GetString() : null;
}
