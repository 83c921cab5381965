using Analytics.Compiler.Loading;
using Analytics.Compiler.Resolving;
using Analytics.Compiler.Resolving.Nodes;
using Analytics.Jinja.Values;

namespace Analytics.Compiler.Describing;

/// <summary>
/// A project as dbt's manifest describes it: what <c>manifest.json</c> holds and what templates see as <c>model</c> and
/// <c>graph</c>. An entry is made when it is first asked for and kept; all threads get the same one. Whoever lets a
/// template write into an entry writes for all of them, as in dbt.
/// </summary>
public sealed class ProjectDescription
{
    private readonly ProjectSource source;
    private readonly ModelGraph graph;
    private readonly PyDict?[] nodes;
    private readonly Lazy<PyDict> whole;

    internal ProjectDescription(ProjectSource source, ModelGraph graph)
    {
        this.source = source;
        this.graph = graph;
        nodes = new PyDict?[graph.Nodes.Length];
        whole = new Lazy<PyDict>(Whole);
    }

    /// <summary>dbt's <c>graph</c>: <c>nodes</c>, <c>sources</c>, <c>exposures</c>, <c>groups</c>, <c>metrics</c>, … by unique id.</summary>
    public PyDict Graph => whole.Value;

    /// <summary>A node with all its keys, also those that are None.</summary>
    /// <exception cref="KeyNotFoundException">The node is not of this project's graph.</exception>
    public PyDict Of(GraphNode node)
    {
        ArgumentNullException.ThrowIfNull(node);
        ref var made = ref nodes[graph.PositionOf(node.UniqueId)];
        return Volatile.Read(ref made) is { } known
            ? known
            : Interlocked.CompareExchange(ref made, Describe(node), null) ?? Volatile.Read(ref made)!;
    }

    /// <summary>A node as templates get it as <c>model</c>: a new dictionary at each call, without what is None, at any depth.</summary>
    /// <exception cref="KeyNotFoundException">The node is not of this project's graph.</exception>
    public PyDict ModelOf(GraphNode node) => WithoutNone(Of(node));

    /// <summary>As <see cref="Of"/>, but an entry that was not made yet is not kept: for a reader that passes by once.</summary>
    internal PyDict Pass(GraphNode node) => Volatile.Read(ref nodes[graph.PositionOf(node.UniqueId)]) ?? Describe(node);

    private static PyDict Describe(GraphNode node) =>
        node switch
        {
            ModelNode model => NodeDescription.Of(model),
            SeedNode seed => NodeDescription.Of(seed),
            SnapshotNode snapshot => NodeDescription.Of(snapshot),
            TestNode test => NodeDescription.Of(test),
            SourceNode table => SourceDescription.Of(table),
            _ => throw new ArgumentException($"There is no description of a {node.Kind}.", nameof(node)),
        };

    private PyDict Whole()
    {
        var all = new PyDict();
        var sources = new PyDict();
        foreach (var node in graph.Nodes.OrderBy(node => node.UniqueId, StringComparer.Ordinal))
        {
            (node is SourceNode ? sources : all)[node.UniqueId] = Of(node);
        }

        var whole = new PyDict { { "nodes", all }, { "sources", sources } };
        foreach (var (key, value) in Others())
        {
            whole[key] = value;
        }

        return whole;
    }

    /// <summary>The parts of <see cref="Graph"/> that are not made of the graph's nodes.</summary>
    internal PyDict Others() =>
        new()
        {
            { "exposures", new PyDict() },
            { "functions", new PyDict() },
            { "groups", ResourceDescription.Groups(source) },
            { "metrics", new PyDict() },
            { "saved_queries", new PyDict() },
            { "semantic_models", new PyDict() },
        };

    // The depth is that of a description, which YAML bounds.
    private static PyDict WithoutNone(PyDict dict)
    {
        var compact = new PyDict();
        foreach (var (key, value) in dict)
        {
            if (value is not null)
            {
                compact[key] = Compact(value);
            }
        }

        return compact;
    }

    private static object? Compact(object? value) =>
        value switch
        {
            PyDict dict => WithoutNone(dict),
            PyList list => new PyList(list.Select(Compact)),
            _ => value,
        };
}
