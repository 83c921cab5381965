using System.Collections.Frozen;
using System.Collections.Immutable;
using Analytics.Compiler.Describing;
using Analytics.Compiler.Diagnostics;
using Analytics.Compiler.Rendering.Context;
using Analytics.Compiler.Resolving;
using Analytics.Compiler.Resolving.Nodes;
using Analytics.Jinja;

namespace Analytics.Compiler.Rendering;

/// <summary>Renders nodes from their parsed templates.</summary>
internal sealed class NodeRenderer(
    ProjectContext project,
    ReferenceIndex references,
    ProjectDescription description,
    FrozenDictionary<string, Template> templates
) : INodeRenderer
{
    public RenderResult Render(GraphNode node, RenderScope scope, CancellationToken cancellationToken = default)
    {
        var diagnostics = ImmutableArray.CreateBuilder<Diagnostic>();
        if (RenderOne(node, scope, out var read, diagnostics, cancellationToken) is not { } sql)
        {
            return new RenderResult(null, diagnostics.ToImmutable());
        }

        // Each ephemeral model once, however many read it; in graph order, so after those it reads itself.
        var inlined = new SortedDictionary<int, (string Name, RenderedSql Sql)>();
        var waiting = new Queue<ModelNode>(read);
        while (waiting.TryDequeue(out var ephemeral))
        {
            var position = references.Graph.PositionOf(ephemeral.UniqueId);
            if (inlined.ContainsKey(position))
            {
                continue;
            }

            if (RenderOne(ephemeral, scope, out var inner, diagnostics, cancellationToken) is not { } body)
            {
                return new RenderResult(null, diagnostics.ToImmutable());
            }

            inlined[position] = (EphemeralInliner.NameOf(ephemeral), body);
            foreach (var next in inner)
            {
                waiting.Enqueue(next);
            }
        }

        return new RenderResult(EphemeralInliner.Inline(sql, [.. inlined.Values]), diagnostics.ToImmutable());
    }

    private RenderedSql? RenderOne(
        GraphNode node,
        RenderScope scope,
        out IReadOnlyList<ModelNode> ephemerals,
        ImmutableArray<Diagnostic>.Builder diagnostics,
        CancellationToken cancellationToken
    )
    {
        var session = new NodeSession(project, references, description, node, scope);
        ephemerals = session.Ephemerals;
        try
        {
            var names = new NodeScope(session);
            var context = new RenderContext(names, ProjectContext.RenderOptions, cancellationToken);
            if (node is TestNode { Generic: { } use } test)
            {
                var tested = (RelationNode)references.Graph[use.AttachedNode];
                if (tested is ModelNode { Materialization: Materialization.Ephemeral } ephemeral)
                {
                    session.Ephemerals.Add(ephemeral);
                }

                names.Define(GenericTestTemplate.ArgumentsName, TestArguments.Make(test, use, tested, scope, context));
            }

            var rendered = context.Render(templates[node.UniqueId]);
            diagnostics.AddRange(session.Warnings);
            return RenderedSql.From(rendered, node.Span);
        }
        catch (TemplateException exception)
        {
            diagnostics.Add(session.ToDiagnostic(exception));
            return null;
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            // A bug of ours in one node must not hide what the others have to say, nor end the host.
            diagnostics.Add(InternalDiagnostics.Failure("Rendering", exception, node.Span));
            return null;
        }
    }
}
