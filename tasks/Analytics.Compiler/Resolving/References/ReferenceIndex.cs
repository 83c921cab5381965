using Analytics.Compiler.Diagnostics;
using Analytics.Compiler.Rendering.Capture;
using Analytics.Compiler.Resolving.Nodes;
using Analytics.Text;

namespace Analytics.Compiler.Resolving.References;

/// <summary>Finds the nodes that <c>ref</c> and <c>source</c> mean while the nodes of a graph render.</summary>
internal sealed class ReferenceIndex(ReferenceNames names, ModelGraph graph)
{
    public ModelGraph Graph => graph;

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

    public Diagnostic UnknownRef(SourceSpan span, RefCall call) => names.UnknownRef(span, call);

    public Diagnostic UnknownSource(SourceSpan span, SourceCall call) => names.UnknownSource(span, call);
}
