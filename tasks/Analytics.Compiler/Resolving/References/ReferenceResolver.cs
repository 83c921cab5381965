using System.Collections.Immutable;
using Analytics.Compiler.Diagnostics;
using Analytics.Compiler.Resolving.Drafting;
using Analytics.Compiler.Resolving.Nodes;
using Analytics.Text;

namespace Analytics.Compiler.Resolving.References;

/// <summary>Turns the references of drafts into edges, and reports those that lead nowhere or where they may not.</summary>
internal sealed class ReferenceResolver
{
    private readonly ReferenceNames names;
    private readonly AccessRules access;
    private readonly ICollection<Diagnostic> diagnostics;
    private readonly Dictionary<string, GraphNode> nodes;
    private readonly Dictionary<(string From, string To), SourceSpan> spans = [];

    /// <summary>Resolves among the nodes of drafts.</summary>
    /// <param name="names">What references mean.</param>
    /// <param name="access">Who may refer to whom.</param>
    /// <param name="drafts">All drafts.</param>
    /// <param name="diagnostics">Takes the reports.</param>
    public ReferenceResolver(
        ReferenceNames names,
        AccessRules access,
        IEnumerable<DraftNode> drafts,
        ICollection<Diagnostic> diagnostics
    )
    {
        this.names = names;
        this.access = access;
        this.diagnostics = diagnostics;
        nodes = drafts.ToDictionary(draft => draft.Node.UniqueId, draft => draft.Node, StringComparer.Ordinal);
    }

    /// <summary>
    /// The node of a draft with its edges; null for a data test that reads a disabled resource: dbt leaves it out.
    /// </summary>
    public GraphNode? Resolve(DraftNode draft)
    {
        if (draft.Node is TestNode && DisabledReference(draft) is { } leftOut)
        {
            diagnostics.Add(leftOut);
            return null;
        }

        if (access.Group(draft.Node) is { } wrong)
        {
            diagnostics.Add(wrong);
        }

        return draft.Node with
        {
            DependsOn = Dependencies(draft),
            Refs = [.. draft.Refs.Select(call => new NodeReference(call.Package, call.Name, call.Version)).Distinct()],
            FunctionRefs =
            [
                .. draft.Functions.Select(call => new FunctionReference(call.Package, call.Name)).Distinct(),
            ],
            SourceRefs = [.. draft.Sources.Select(call => new SourceReference(call.Source, call.Table)).Distinct()],
        };
    }

    /// <summary>Where a node refers to another: what a message on the edge points at. Null where that has no place.</summary>
    public SourceSpan? SpanOf(string from, string to) => spans.TryGetValue((from, to), out var span) ? span : null;

    private Diagnostic? DisabledReference(DraftNode draft)
    {
        foreach (var call in draft.Refs)
        {
            if (names.Ref(draft.Node.Package, call) is null && names.IsDisabled(call))
            {
                return GraphDiagnostics.TestLeftOut(call.Span, draft.Node.Name, call.Name);
            }
        }

        foreach (var call in draft.Sources)
        {
            if (names.Source(draft.Node.Package, call) is null && names.IsDisabled(call))
            {
                return GraphDiagnostics.TestLeftOut(call.Span, draft.Node.Name, $"{call.Source}.{call.Table}");
            }
        }

        return null;
    }

    private ImmutableArray<string> Dependencies(DraftNode draft)
    {
        var ids = new SortedSet<string>(draft.DependsOn, StringComparer.Ordinal);
        foreach (var call in draft.Refs)
        {
            if (names.Ref(draft.Node.Package, call) is not { } id)
            {
                diagnostics.Add(names.UnknownRef(call.Span, call));
                names.AddReported(draft.Node.Package, call);
                continue;
            }

            ids.Add(id);
            if (
                spans.TryAdd((draft.Node.UniqueId, id), call.Span)
                && nodes.TryGetValue(id, out var target)
                && access.Reference(draft.Node, GroupOf(draft.Node), target, call.Span) is { } forbidden
            )
            {
                diagnostics.Add(forbidden);
            }
        }

        foreach (var call in draft.Sources)
        {
            if (names.Source(draft.Node.Package, call) is { } id)
            {
                ids.Add(id);
            }
            else
            {
                diagnostics.Add(names.UnknownSource(call.Span, call));
            }
        }

        foreach (var call in draft.Functions)
        {
            if (names.Function(draft.Node.Package, call) is { } id)
            {
                ids.Add(id);
                spans.TryAdd((draft.Node.UniqueId, id), call.Span);
            }
            else
            {
                diagnostics.Add(names.UnknownFunction(call.Span, call));
            }
        }

        return [.. ids.Where(nodes.ContainsKey)];
    }

    private string? GroupOf(GraphNode node) =>
        node is TestNode { Generic: { } use } && nodes.TryGetValue(use.AttachedNode, out var tested)
            ? tested.Config.Text("group")
            : node.Config.Text("group");
}
