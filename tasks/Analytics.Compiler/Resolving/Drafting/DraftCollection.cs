using Analytics.Compiler.Diagnostics;
using Analytics.Compiler.Loading.Resources;
using Analytics.Compiler.Resolving.Nodes;
using Analytics.Compiler.Resolving.References;

namespace Analytics.Compiler.Resolving.Drafting;

/// <summary>The drafts of a project in the order they were made, and the names they can be referred to by.</summary>
internal sealed class DraftCollection(ReferenceNames names, ICollection<Diagnostic> diagnostics)
{
    private readonly Dictionary<string, DraftNode> drafts = new(StringComparer.Ordinal);
    private readonly Dictionary<(string Package, string Name), GraphNode> referable = [];
    private readonly List<GraphNode> disabled = [];

    /// <summary>Those that are enabled.</summary>
    public IReadOnlyCollection<DraftNode> Drafts => drafts.Values;

    /// <summary>The nodes of those that are not, in the order they were made.</summary>
    public IReadOnlyList<GraphNode> Disabled => disabled;

    /// <summary>Takes a draft; null is none. A second one of the same name is reported and left out.</summary>
    public void Add(DraftNode? draft)
    {
        if (draft is null)
        {
            return;
        }

        var node = draft.Node;
        if (!draft.IsEnabled)
        {
            disabled.Add(node);
            AddDisabledName(node);
            return;
        }

        if (!drafts.TryAdd(node.UniqueId, draft))
        {
            // The same test twice on one column is the same test.
            if (node is not TestNode { Generic: not null })
            {
                Report(node, drafts[node.UniqueId].Node);
            }

            return;
        }

        AddName(node);
    }

    private void AddName(GraphNode node)
    {
        switch (node)
        {
            case SourceNode source:
                names.AddSource(source.Package, source.Table.SourceName, source.Table.Name, source.UniqueId);
                break;
            case FunctionNode:
                names.AddFunction(node.Package, node.Name, node.UniqueId);
                break;
            case RelationNode:
                // ref() could mean either of a model, a seed and a snapshot of one name; versions of one model differ.
                var version = (node as ModelNode)?.Version;
                if (
                    !referable.TryAdd((node.Package, node.Name), node)
                    && (version is null || referable[(node.Package, node.Name)] is not ModelNode { Version: not null })
                )
                {
                    Report(node, referable[(node.Package, node.Name)]);
                }

                if (version is null)
                {
                    names.AddRef(node.Package, node.Name, node.UniqueId);
                }
                else
                {
                    names.AddVersion(node.Package, node.Name, version, node.UniqueId);
                }

                break;
            default:
                break;
        }
    }

    private void AddDisabledName(GraphNode node)
    {
        if (node is SourceNode source)
        {
            names.AddDisabledSource(source.Table.SourceName, source.Table.Name);
        }
        else if (node is RelationNode)
        {
            names.AddDisabledRef(node.Name);
        }
    }

    private void Report(GraphNode node, GraphNode other) =>
        diagnostics.Add(GraphDiagnostics.DuplicateName(node.Span, node.Kind.Word(), node.Name, other.Span));
}
