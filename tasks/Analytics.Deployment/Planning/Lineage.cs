using Analytics.Compiler.Resolving;
using Analytics.Compiler.Resolving.Nodes;

namespace Analytics.Deployment.Planning;

/// <summary>Answers who is above and below whom, for every pair of nodes that are no tests of any kind.</summary>
internal sealed class Lineage
{
    private readonly GraphNode[] nodes;
    private readonly Dictionary<string, int> indexes = new(StringComparer.Ordinal);
    private readonly List<int>[] children;

    // One bit a pair: row i holds the strict ancestors of node i.
    private readonly ulong[][] ancestors;

    public Lineage(ModelGraph graph)
    {
        nodes = [.. graph.Nodes.Where(node => node is not (TestNode or UnitTestNode))];
        for (var i = 0; i < nodes.Length; i++)
        {
            indexes.Add(nodes[i].UniqueId, i);
        }

        children = [.. nodes.Select(_ => new List<int>())];
        ancestors = [.. nodes.Select(_ => new ulong[(nodes.Length + 63) / 64])];
        for (var i = 0; i < nodes.Length; i++)
        {
            foreach (var parent in Parents(i))
            {
                children[parent].Add(i);
                Set(ancestors[i], parent);
                for (var word = 0; word < ancestors[i].Length; word++)
                {
                    ancestors[i][word] |= ancestors[parent][word];
                }
            }
        }
    }

    /// <summary>
    /// The nodes that are below every one of some nodes, without those that are also below another such node: to make
    /// these wait makes all of them wait.
    /// </summary>
    public IEnumerable<string> FirstBelowAll(IReadOnlyCollection<string> ids)
    {
        var wanted = new List<int>(ids.Count);
        foreach (var id in ids)
        {
            if (indexes.TryGetValue(id, out var index))
            {
                wanted.Add(index);
            }
        }

        if (wanted.Count == 0)
        {
            return [];
        }

        bool BelowAll(int index) => wanted.TrueForAll(ancestor => Has(ancestors[index], ancestor));
        return Enumerable
            .Range(0, nodes.Length)
            .Where(index => BelowAll(index) && !Parents(index).Any(BelowAll))
            .Select(index => nodes[index].UniqueId);
    }

    /// <summary>The nearest nodes below one that have a step, through nodes that have none.</summary>
    public IEnumerable<int> StepsBelow(string id, IReadOnlyDictionary<string, int> stepOf)
    {
        var open = new Stack<int>(children[indexes[id]]);
        var seen = new HashSet<int>();
        while (open.TryPop(out var index))
        {
            if (!seen.Add(index))
            {
                continue;
            }

            if (stepOf.TryGetValue(nodes[index].UniqueId, out var step))
            {
                yield return step;
                continue;
            }

            foreach (var child in children[index])
            {
                open.Push(child);
            }
        }
    }

    private IEnumerable<int> Parents(int index) =>
        nodes[index].DependsOn.Where(indexes.ContainsKey).Select(id => indexes[id]);

    private static void Set(ulong[] bits, int index) => bits[index / 64] |= 1UL << (index % 64);

    private static bool Has(ulong[] bits, int index) => (bits[index / 64] & (1UL << (index % 64))) != 0;
}
