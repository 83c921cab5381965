using System.Collections.Immutable;
using Analytics.Compiler.Diagnostics;
using Analytics.Compiler.Resolving.Nodes;
using Analytics.Text;

namespace Analytics.Compiler.Resolving;

/// <summary>Puts nodes in an order in which each stands after all it depends on, or names the circle.</summary>
/// <param name="referenceSpan">Where a node refers to another; null where that has no place.</param>
internal sealed class GraphBuilder(Func<string, string, SourceSpan?> referenceSpan)
{
    /// <summary>Sorts without recursion, so that a chain of any length is fine.</summary>
    /// <param name="nodes">All nodes; every dependency is among them.</param>
    /// <param name="diagnostics">Gets one error per circle.</param>
    /// <returns>The graph, or null when there is a circle.</returns>
    public ModelGraph? Build(IReadOnlyCollection<GraphNode> nodes, ICollection<Diagnostic> diagnostics)
    {
        var byId = nodes.ToDictionary(node => node.UniqueId, StringComparer.Ordinal);
        var waiting = new Dictionary<string, int>(byId.Count, StringComparer.Ordinal);
        var dependents = new Dictionary<string, List<string>>(byId.Count, StringComparer.Ordinal);
        var ready = new PriorityQueue<string, string>(StringComparer.Ordinal);
        foreach (var node in nodes)
        {
            waiting[node.UniqueId] = node.DependsOn.Length;
            if (node.DependsOn.IsEmpty)
            {
                ready.Enqueue(node.UniqueId, node.UniqueId);
            }

            foreach (var id in node.DependsOn)
            {
                if (!dependents.TryGetValue(id, out var list))
                {
                    dependents[id] = list = [];
                }

                list.Add(node.UniqueId);
            }
        }

        var sorted = ImmutableArray.CreateBuilder<GraphNode>(byId.Count);
        while (ready.TryDequeue(out var id, out _))
        {
            sorted.Add(byId[id]);
            foreach (var dependent in dependents.GetValueOrDefault(id) ?? [])
            {
                if (--waiting[dependent] == 0)
                {
                    ready.Enqueue(dependent, dependent);
                }
            }
        }

        if (sorted.Count == byId.Count)
        {
            return new ModelGraph(sorted.MoveToImmutable());
        }

        var left = byId.Values.Where(node => waiting[node.UniqueId] > 0).Select(node => node.UniqueId);
        ReportCycles(byId, new SortedSet<string>(left, StringComparer.Ordinal), diagnostics);
        return null;
    }

    // What is left holds every circle and what hangs on one. Following the first unsorted dependency of each node from
    // the ordinally first one must come back to a node of the walk: that is a circle. Its nodes are taken out, until
    // nothing is left to start from.
    private void ReportCycles(
        Dictionary<string, GraphNode> byId,
        SortedSet<string> left,
        ICollection<Diagnostic> diagnostics
    )
    {
        var reported = new HashSet<string>(StringComparer.Ordinal);
        foreach (var start in left)
        {
            var walk = new List<string>();
            var place = new Dictionary<string, int>(StringComparer.Ordinal);
            var current = start;
            while (current is not null && !reported.Contains(current) && place.TryAdd(current, walk.Count))
            {
                walk.Add(current);
                current = byId[current].DependsOn.FirstOrDefault(left.Contains);
            }

            if (current is not null && place.TryGetValue(current, out var first))
            {
                var cycle = walk[first..];
                reported.UnionWith(walk);
                Report(byId, cycle, diagnostics);
            }
        }
    }

    private void Report(Dictionary<string, GraphNode> byId, List<string> cycle, ICollection<Diagnostic> diagnostics)
    {
        // Begin with the ordinally first, so that the message does not depend on where the walk began.
        var start = cycle.IndexOf(cycle.Min(StringComparer.Ordinal)!);
        var rotated = cycle[start..].Concat(cycle[..start]).Select(id => byId[id]).ToList();
        var next = rotated.Count > 1 ? rotated[1] : rotated[0];
        var span = referenceSpan(rotated[0].UniqueId, next.UniqueId) ?? rotated[0].Span;
        diagnostics.Add(GraphDiagnostics.Cycle(span, [.. rotated.Select(node => node.Name)]));
    }
}
