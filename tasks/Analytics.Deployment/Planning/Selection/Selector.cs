using System.Collections.Immutable;
using Analytics.Compiler.Diagnostics;
using Analytics.Compiler.Resolving;
using Analytics.Compiler.Resolving.Nodes;
using Analytics.Text;

namespace Analytics.Deployment.Planning.Selection;

/// <summary>
/// dbt's <c>--select</c> and <c>--exclude</c>: words with a space between are a union, words with a comma an intersection. A test comes
/// with any node it reads (dbt's eager indirect selection).
/// </summary>
internal sealed class Selector
{
    private static readonly char[] Spaces = [' ', '\t', '\r', '\n'];

    private readonly ModelGraph graph;
    private readonly Dictionary<string, List<string>> readers = new(StringComparer.Ordinal);

    public Selector(ModelGraph graph)
    {
        this.graph = graph;
        foreach (var node in graph.Nodes)
        {
            readers.TryAdd(node.UniqueId, []);
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

    /// <summary>The unique ids that are meant.</summary>
    /// <param name="select">Empty for every node.</param>
    /// <param name="exclude">Empty for none.</param>
    /// <returns>The ids, and a warning for each word that matches nothing.</returns>
    public (ImmutableHashSet<string> Ids, ImmutableArray<Diagnostic> Diagnostics) Select(string select, string exclude)
    {
        var diagnostics = ImmutableArray.CreateBuilder<Diagnostic>();
        var all = graph.Nodes.Select(node => node.UniqueId).ToHashSet(StringComparer.Ordinal);
        var chosen = string.IsNullOrWhiteSpace(select) ? all : Union(select, diagnostics);
        chosen.ExceptWith(Union(exclude, diagnostics));
        return (chosen.ToImmutableHashSet(StringComparer.Ordinal), diagnostics.ToImmutable());
    }

    private HashSet<string> Union(string text, ImmutableArray<Diagnostic>.Builder diagnostics)
    {
        var result = new HashSet<string>(StringComparer.Ordinal);
        foreach (var word in text.Split(Spaces, StringSplitOptions.RemoveEmptyEntries))
        {
            HashSet<string>? intersection = null;
            foreach (var part in word.Split(',', StringSplitOptions.RemoveEmptyEntries))
            {
                var found = WithTests(Expand(part));
                if (found.Count == 0)
                {
                    var value = Criterion.Parse(part).Value;
                    diagnostics.Add(GraphDiagnostics.UnknownSelection(part, NearName.Find(value, KnownNames())));
                }

                if (intersection is null)
                {
                    intersection = found;
                }
                else
                {
                    intersection.IntersectWith(found);
                }
            }

            result.UnionWith(intersection ?? []);
        }

        return result;
    }

    private IEnumerable<string> KnownNames() =>
        graph
            .Nodes.Where(node => node is not TestNode)
            .SelectMany(node => node.Fqn.Skip(1).Append(node.Name))
            .Distinct();

    private HashSet<string> Expand(string word)
    {
        var criterion = Criterion.Parse(word);
        var matches = graph
            .Nodes.Where(node => NodeMatcher.Matches(node, criterion))
            .Select(node => node.UniqueId)
            .ToList();
        if (criterion.BuildAll)
        {
            return Walk(Walk(matches, Readers, null), Parents, null);
        }

        var result = Walk(matches, Parents, criterion.Above);
        result.UnionWith(Walk(matches, Readers, criterion.Below));
        return result;
    }

    private HashSet<string> WithTests(HashSet<string> ids)
    {
        foreach (var test in graph.Nodes.OfType<TestNode>())
        {
            if (test.DependsOn.Any(ids.Contains))
            {
                ids.Add(test.UniqueId);
            }
        }

        return ids;
    }

    private IEnumerable<string> Parents(string id) => graph[id].DependsOn.Where(graph.Contains);

    private IEnumerable<string> Readers(string id) => readers[id];

    private static HashSet<string> Walk(
        IReadOnlyCollection<string> start,
        Func<string, IEnumerable<string>> next,
        int? depth
    )
    {
        var seen = start.ToHashSet(StringComparer.Ordinal);
        var edge = start.ToList();
        for (var step = 0; edge.Count > 0 && (depth is null || step < depth); step++)
        {
            edge = edge.SelectMany(next).Where(seen.Add).ToList();
        }

        return seen;
    }
}
