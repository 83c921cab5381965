using System.Collections.Immutable;
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
    private readonly IMacroCatalogue macros;
    private readonly DocBlocks docs;
    private readonly NodeDescriber describer;
    private readonly Lazy<PyDict> whole;

    internal ProjectDescription(
        ProjectSource source,
        ModelGraph graph,
        IReadOnlyList<GraphNode> disabled,
        IMacroCatalogue macros
    )
    {
        this.source = source;
        this.graph = graph;
        Disabled = [.. disabled.OrderBy(node => node.UniqueId, StringComparer.Ordinal)];
        nodes = new PyDict?[graph.Nodes.Length];
        this.macros = macros;
        docs = new DocBlocks(source);
        describer = new NodeDescriber(graph, macros, docs);
        whole = new Lazy<PyDict>(Whole);
    }

    /// <summary>dbt's <c>graph</c>: <c>nodes</c>, <c>sources</c>, <c>exposures</c>, <c>groups</c>, <c>metrics</c>, … by unique id.</summary>
    public PyDict Graph => whole.Value;

    /// <summary>The nodes that are switched off, ordinally by unique id; two may have the same.</summary>
    internal ImmutableArray<GraphNode> Disabled { get; }

    /// <summary>A node with all its keys, also those that are None.</summary>
    /// <exception cref="KeyNotFoundException">The node is not of this project's graph.</exception>
    public PyDict Of(GraphNode node)
    {
        ArgumentNullException.ThrowIfNull(node);
        ref var made = ref nodes[graph.PositionOf(node.UniqueId)];
        return Volatile.Read(ref made) is { } known
            ? known
            : Interlocked.CompareExchange(ref made, describer.Describe(node), null) ?? Volatile.Read(ref made)!;
    }

    /// <summary>A node as templates get it as <c>model</c>: a new dictionary at each call, without what is None, at any depth.</summary>
    /// <exception cref="KeyNotFoundException">The node is not of this project's graph.</exception>
    public PyDict ModelOf(GraphNode node) => WithoutNone(Of(node));

    /// <summary>As <see cref="Of"/>, but an entry that was not made yet is not kept: for a reader that passes by once.</summary>
    internal PyDict Pass(GraphNode node) =>
        Volatile.Read(ref nodes[graph.PositionOf(node.UniqueId)]) ?? describer.Describe(node);

    /// <summary>A node that is switched off.</summary>
    internal PyDict OfDisabled(GraphNode node) => describer.Describe(node);

    /// <summary>All macros by unique id.</summary>
    internal PyDict Macros() => new MacroDescription(source, macros, docs).All();

    /// <summary>All selectors by name.</summary>
    internal PyDict Selectors() => SelectorDescription.All(source.Root.Selectors);

    /// <summary>All docs blocks by unique id.</summary>
    internal PyDict Docs() => ResourceDescription.Docs(source);

    /// <summary>Whether a node stands under <c>nodes</c>: the other kinds have maps of their own.</summary>
    internal static bool IsNode(GraphNode node) =>
        node is not (SourceNode or ExposureNode or UnitTestNode or FunctionNode);

    private PyDict Whole()
    {
        var whole = Others();
        whole["exposures"] = Collect(graph.Nodes.Where(node => node is ExposureNode));
        whole["functions"] = Collect(graph.Nodes.Where(node => node is FunctionNode));
        whole["nodes"] = Collect(graph.Nodes.Where(IsNode));
        whole["sources"] = Collect(graph.Nodes.Where(node => node is SourceNode));
        return whole;
    }

    private PyDict Collect(IEnumerable<GraphNode> some)
    {
        var all = new PyDict();
        foreach (var node in some.OrderBy(node => node.UniqueId, StringComparer.Ordinal))
        {
            all[node.UniqueId] = Of(node);
        }

        return all;
    }

    /// <summary>The parts of <see cref="Graph"/> that are not made of the graph's nodes.</summary>
    internal PyDict Others() =>
        new()
        {
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
