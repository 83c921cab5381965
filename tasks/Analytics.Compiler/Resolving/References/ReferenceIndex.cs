using System.Collections.Frozen;
using Analytics.Compiler.Diagnostics;
using Analytics.Compiler.Rendering.Capture;
using Analytics.Compiler.Resolving.Nodes;
using Analytics.Text;

namespace Analytics.Compiler.Resolving.References;

/// <summary>Finds the nodes that <c>ref</c> and <c>source</c> mean while the nodes of a graph render.</summary>
internal sealed class ReferenceIndex(ReferenceNames names, ModelGraph graph)
{
    private readonly Lazy<FrozenDictionary<(string Schema, string Identifier), RelationNode>> relations = new(() =>
        graph
            .Nodes.OfType<RelationNode>()
            .Where(node => node is not SourceNode)
            .DistinctBy(node => (node.Relation.Schema, node.Relation.Identifier))
            .ToFrozenDictionary(node => (node.Relation.Schema, node.Relation.Identifier))
    );

    public ModelGraph Graph => graph;

    /// <summary>The node that makes a relation of the target's database; null when none does.</summary>
    public RelationNode? MakerOf(string schema, string identifier) =>
        relations.Value.GetValueOrDefault((schema, identifier));

    public GraphNode? Ref(string package, RefCall call) =>
        names.Ref(package, call) is { } id && graph.Contains(id) ? graph[id] : null;

    /// <summary>
    /// Whether a call means a resource that has an error of its own (whoever refers to it has made no mistake), or nothing,
    /// which the first pass has reported.
    /// </summary>
    public bool IsBroken(string package, RefCall call) =>
        names.Ref(package, call) is { } id ? !graph.Contains(id) : names.IsReported(package, call);

    public SourceNode? Source(string package, SourceCall call) =>
        names.Source(package, call) is { } id && graph.Contains(id) ? graph[id] as SourceNode : null;

    public FunctionNode? Function(string package, FunctionCall call) =>
        names.Function(package, call) is { } id && graph.Contains(id) ? graph[id] as FunctionNode : null;

    /// <summary>Whether a call means a function that has an error of its own.</summary>
    public bool IsBroken(string package, FunctionCall call) =>
        names.Function(package, call) is { } id && !graph.Contains(id);

    public Diagnostic UnknownFunction(SourceSpan span, FunctionCall call) => names.UnknownFunction(span, call);

    public Diagnostic UnknownRef(SourceSpan span, RefCall call) => names.UnknownRef(span, call);

    public Diagnostic UnknownSource(SourceSpan span, SourceCall call) => names.UnknownSource(span, call);
}
