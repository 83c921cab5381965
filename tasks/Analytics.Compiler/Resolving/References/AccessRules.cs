using Analytics.Compiler.Diagnostics;
using Analytics.Compiler.Loading;
using Analytics.Compiler.Resolving.Nodes;
using Analytics.Text;

namespace Analytics.Compiler.Resolving.References;

/// <summary>Who may refer to whom: groups, <c>access</c>, and <c>restrict-access</c> of packages.</summary>
internal sealed class AccessRules
{
    private readonly HashSet<string> groups;
    private readonly HashSet<string> restricted;

    public AccessRules(ProjectSource source)
    {
        groups = source
            .All.SelectMany(package => package.Groups)
            .Select(group => group.Name)
            .ToHashSet(StringComparer.Ordinal);
        restricted = source
            .All.Where(package => package.Definition.RestrictsAccess)
            .Select(package => package.Name)
            .ToHashSet(StringComparer.Ordinal);
    }

    /// <summary>What is wrong with a node's own group; null when nothing is.</summary>
    public Diagnostic? Group(GraphNode node) =>
        node.Config.Text("group") is not { } group || groups.Contains(group)
            ? null
            : GraphDiagnostics.UnknownGroup(
                node.Config.SpanOf("group") ?? node.Span,
                group,
                NearName.Find(group, groups)
            );

    /// <summary>Why a node may not refer to another; null when it may. Only models have an access.</summary>
    /// <param name="from">The node that refers.</param>
    /// <param name="group">The group of <paramref name="from"/>: a generic test has that of the node it is attached to.</param>
    /// <param name="to">What it refers to.</param>
    /// <param name="span">Where.</param>
    public Diagnostic? Reference(GraphNode from, string? group, GraphNode to, SourceSpan span)
    {
        if (to is not ModelNode model)
        {
            return null;
        }

        var isOutside = from.Package != model.Package && restricted.Contains(model.Package);
        return model.Access switch
        {
            ModelAccess.Private when isOutside || model.Config.Text("group") is not { } own || own != group =>
                GraphDiagnostics.PrivateRef(
                    span,
                    model.Name,
                    model.Config.Text("group") is { } owner ? $"the group '{owner}'" : "a group, and it has none"
                ),
            ModelAccess.Protected when isOutside => GraphDiagnostics.ProtectedRef(span, model.Name, model.Package),
            _ => null,
        };
    }
}
