using Analytics.Compiler.Resolving;
using Analytics.Compiler.Resolving.Nodes;

namespace Analytics.Deployment.Planning.Selection;

/// <summary>The graph in both directions. Hooks of a run are no part of it: nobody selects them.</summary>
internal sealed class GraphWalk
{
    private readonly ModelGraph graph;
    private readonly Dictionary<string, List<string>> readers = new(StringComparer.Ordinal);

    public GraphWalk(ModelGraph graph)
    {
        this.graph = graph;
        Nodes = [.. graph.Nodes.Where(node => node is not OperationNode)];
        foreach (var node in Nodes)
        {
            foreach (var id in node.DependsOn)
            {
                if (!readers.TryGetValue(id, out var list))
                {
                    readers.Add(id, list = []);
                }

                list.Add(node.UniqueId);
            }
        }
    }

    /// <summary>What can be selected, each after all that it depends on.</summary>
    public IReadOnlyList<GraphNode> Nodes { get; }

    public GraphNode this[string id] => graph[id];

    /// <summary>These and what they read, so many generations; null for all.</summary>
    public HashSet<string> Above(IEnumerable<string> ids, int? generations) =>
        Walk(ids, id => graph[id].DependsOn.Where(graph.Contains), generations);

    /// <summary>These and their readers, so many generations; null for all.</summary>
    public HashSet<string> Below(IEnumerable<string> ids, int? generations) => Walk(ids, Readers, generations);

    /// <summary>Who reads it.</summary>
    public IEnumerable<string> Readers(string id) => readers.TryGetValue(id, out var list) ? list : [];

    private static HashSet<string> Walk(
        IEnumerable<string> ids,
        Func<string, IEnumerable<string>> next,
        int? generations
    )
    {
        var seen = ids.ToHashSet(StringComparer.Ordinal);
        var edge = seen.ToList();
        for (var step = 0; edge.Count > 0 && (generations is null || step < generations); step++)
        {
            edge = edge.SelectMany(next).Where(seen.Add).ToList();
        }

        return seen;
    }
}
