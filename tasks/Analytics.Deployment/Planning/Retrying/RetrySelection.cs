using System.Collections.Immutable;
using Analytics.Compiler.Resolving;
using Analytics.Compiler.Resolving.Nodes;

namespace Analytics.Deployment.Planning.Retrying;

/// <summary>
/// Which nodes are to be published again. As with dbt, those that failed or were skipped; what was built and taken back because
/// something else was red is among the skipped. A test that passed on such a relation passed on one that is not there any more, so it
/// runs again.
/// </summary>
internal static class RetrySelection
{
    private static readonly string[] Open = ["error", "fail", "skipped", "partial success", "runtime error"];

    /// <summary>Unique ids of nodes of the graph.</summary>
    public static ImmutableHashSet<string> Of(EarlierRun run, ModelGraph graph)
    {
        var open = run
            .Statuses.Where(entry =>
                Open.Contains(entry.Value, StringComparer.Ordinal) && IsSelectable(graph, entry.Key)
            )
            .Select(entry => entry.Key)
            .ToImmutableHashSet(StringComparer.Ordinal);
        var tests = run
            .Statuses.Where(entry => entry.Value is "pass" or "warn" && IsSelectable(graph, entry.Key))
            .Select(entry => entry.Key)
            .Where(id => Reads(graph, id, open));
        return open.Union(tests);
    }

    // An operation is a hook of the run: it runs in any case.
    private static bool IsSelectable(ModelGraph graph, string id) =>
        graph.Contains(id) && graph[id] is not OperationNode;

    private static bool Reads(ModelGraph graph, string id, ImmutableHashSet<string> open)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var next = new Stack<string>(graph[id].DependsOn);
        while (next.TryPop(out var read))
        {
            if (open.Contains(read))
            {
                return true;
            }

            if (seen.Add(read) && graph.Contains(read) && IsEphemeral(graph[read]))
            {
                foreach (var above in graph[read].DependsOn)
                {
                    next.Push(above);
                }
            }
        }

        return false;
    }

    private static bool IsEphemeral(GraphNode node) => node is ModelNode { Materialization: Materialization.Ephemeral };
}
