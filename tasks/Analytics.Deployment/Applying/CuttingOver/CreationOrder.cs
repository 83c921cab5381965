using System.Collections.Immutable;
using Analytics.Compiler.Resolving;
using Analytics.Compiler.Resolving.Nodes;
using Analytics.Deployment.Planning.Catalog;
using Analytics.Deployment.Planning.Steps;

namespace Analytics.Deployment.Applying.CuttingOver;

/// <summary>
/// Orders what the cut-over creates. Views of others stand between the project's own: one may read a relation of the project and be
/// declared as a source of another.
/// </summary>
internal static class CreationOrder
{
    /// <summary>Steps and foreign views, each after what it reads.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="steps">The steps in dependency order.</param>
    /// <param name="views">The foreign views in dependency order.</param>
    public static ImmutableArray<CreationItem> Arrange(
        ModelGraph graph,
        IReadOnlyList<CutOverStep> steps,
        IReadOnlyList<DependentView> views
    )
    {
        // A materialized view that has to be made again as it was need not be refreshed as well.
        var again = views.Select(view => view.Name).ToHashSet();
        var items = steps
            .Where(step => !again.Contains(step.Node.Relation))
            .Select(step => new CreationItem(step.Node.Relation, step, null))
            .Concat(views.Select(view => new CreationItem(view.Name, null, view)))
            .ToList();
        var waiting = items.ToDictionary(item => item.Name);
        var reads = items.ToDictionary(item => item.Name, item => Reads(graph, item).ToList());
        var order = ImmutableArray.CreateBuilder<CreationItem>(items.Count);
        while (waiting.Count > 0)
        {
            var ready = items
                .Where(item => waiting.ContainsKey(item.Name))
                .Where(item => !reads[item.Name].Exists(name => name != item.Name && waiting.ContainsKey(name)))
                .ToList();

            // A circle can only come of a model that now reads a view which reads the model: the server will say so.
            foreach (var item in ready.Count > 0 ? ready : [.. waiting.Values])
            {
                waiting.Remove(item.Name);
                order.Add(item);
            }
        }

        return order.ToImmutable();
    }

    private static IEnumerable<RelationName> Reads(ModelGraph graph, CreationItem item)
    {
        if (item.View is { } view)
        {
            return view.Reads;
        }

        // Only the query of a view is looked at when it is created.
        return item.Step is { } step && IsOfQuery(step) ? Relations(graph, step.Node) : [];
    }

    /// <summary>Whether a step needs what its node reads to be there under the final names.</summary>
    public static bool IsOfQuery(CutOverStep step) =>
        step is CreateView or CreateMaterializedView or RefreshMaterializedView;

    private static HashSet<RelationName> Relations(ModelGraph graph, GraphNode node)
    {
        var found = new HashSet<RelationName>();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var open = new Stack<string>(node.DependsOn);
        while (open.TryPop(out var id))
        {
            if (!seen.Add(id) || !graph.Contains(id))
            {
                continue;
            }

            // A materialized view that calls a function runs what the function reads.
            if (graph[id] is FunctionNode or ModelNode { Materialization: Materialization.Ephemeral })
            {
                foreach (var below in graph[id].DependsOn)
                {
                    open.Push(below);
                }
            }
            else if (graph[id] is RelationNode relation)
            {
                found.Add(relation.Relation);
            }
        }

        return found;
    }
}

/// <summary>Something the cut-over makes: a step's relation, or a view of somebody else.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Step">The step; null for a foreign view.</param>
/// <param name="View">The view; null for a step.</param>
internal sealed record CreationItem(RelationName Name, CutOverStep? Step, DependentView? View);
