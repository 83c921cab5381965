using System.Collections.Frozen;
using System.Collections.Immutable;
using Analytics.Compiler.Describing;
using Analytics.Compiler.Diagnostics;
using Analytics.Compiler.Rendering.Context;
using Analytics.Compiler.Rendering.UnitTesting;
using Analytics.Compiler.Resolving.Nodes;
using Analytics.Compiler.Resolving.References;
using Analytics.Jinja;
using Analytics.Text;

namespace Analytics.Compiler.Rendering;

/// <summary>Renders nodes from their parsed templates.</summary>
internal sealed partial class NodeRenderer(
    ProjectContext project,
    ReferenceIndex references,
    ProjectDescription description,
    FrozenDictionary<string, Template> templates
) : INodeRenderer
{
    private readonly RunGraph graph = new(description);

    public RenderResult Render(GraphNode node, RenderScope scope, CancellationToken cancellationToken = default)
    {
        var diagnostics = ImmutableArray.CreateBuilder<Diagnostic>();
        var asked = false;
        var own = RenderOne(node, scope, out var session, diagnostics, ref asked, cancellationToken);
        var sql =
            own is not null
            && Ephemerals(session.Ephemerals, scope, diagnostics, ref asked, cancellationToken) is { } ephemerals
                ? EphemeralInliner.Inline(own, ephemerals)
                : null;
        return new RenderResult(sql, diagnostics.ToImmutable(), asked);
    }

    public RenderResult RenderHook(
        RelationNode node,
        NodeHook hook,
        RenderScope scope,
        CancellationToken cancellationToken = default
    ) => RenderText(node, hook.Sql, hook.Span, scope, cancellationToken);

    public RenderResult RenderText(
        GraphNode node,
        string text,
        SourceSpan span,
        RenderScope scope,
        CancellationToken cancellationToken = default
    )
    {
        var session = new NodeSession(project, references, description, graph, node, scope);
        var file = new SourceFile(span.File.Path, text, span.File.Directory);
        try
        {
            var context = new RenderContext(Names(session, scope), ProjectContext.RenderOptions, cancellationToken);
            var rendered = context.Render(Template.Parse(file));
            return new RenderResult(
                RenderedSql.From(rendered, span),
                [.. session.Warnings.Select(InConfig)],
                session.AskedDatabase
            );
        }
        catch (TemplateException exception)
        {
            return new RenderResult(null, [InConfig(session.ToDiagnostic(exception))], session.AskedDatabase);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            return new RenderResult(null, [InternalDiagnostics.Failure("Rendering", exception, span)], false);
        }

        // The text is a value of a config: what is wrong in it is reported at that.
        Diagnostic InConfig(Diagnostic found) =>
            found.Span is { } place && ReferenceEquals(place.File, span.File) ? found : found with { Span = span };
    }

    public RenderResult RenderUnitTest(
        UnitTestNode test,
        ImmutableArray<UnitTestInputSql> inputs,
        RenderScope scope,
        CancellationToken cancellationToken = default
    )
    {
        var model = references.Graph[test.Model];
        var unitTest = UnitTestScope.Of(test, references.Graph);
        var inside = scope with { UnitTest = unitTest, IsIncremental = unitTest.IsIncremental ?? false };
        var diagnostics = ImmutableArray.CreateBuilder<Diagnostic>();
        var asked = false;
        var own = RenderOne(model, inside, out var session, diagnostics, ref asked, cancellationToken);
        if (UnitTestChecks.Incremental(test, model, unitTest, session.AskedIncremental) is { } undecided)
        {
            diagnostics.Add(undecided);
            own = null;
        }

        var fixtures = new List<(string, RenderedSql)>();
        foreach (var input in inputs)
        {
            // Rows that the model does not read in this way are not looked at by the server either.
            if (
                own is not null
                && unitTest.NameOf(input.Node) is { } name
                && own.Text.Contains(name, StringComparison.Ordinal)
            )
            {
                if (Fixture(input, model, inside, diagnostics, cancellationToken) is not { } sql)
                {
                    return new RenderResult(null, diagnostics.ToImmutable(), asked);
                }

                fixtures.Add((name, sql));
            }
        }

        var rendered = own is null ? null : EphemeralInliner.Inline(own, fixtures);
        return new RenderResult(rendered, diagnostics.ToImmutable(), asked);
    }

    private RenderedSql? Fixture(
        UnitTestInputSql input,
        GraphNode model,
        RenderScope scope,
        ImmutableArray<Diagnostic>.Builder diagnostics,
        CancellationToken cancellationToken
    )
    {
        if (!input.IsTemplate)
        {
            return RenderedSql.Of(input.Sql, input.Place);
        }

        var session = new NodeSession(project, references, description, graph, model, scope);
        try
        {
            var context = new RenderContext(Names(session, scope), ProjectContext.RenderOptions, cancellationToken);
            var rendered = context.Render(Template.Parse(new SourceFile(input.Place.File.Path, input.Sql)));
            return RenderedSql.Of(rendered.Text, input.Place);
        }
        catch (TemplateException exception)
        {
            diagnostics.Add(session.ToDiagnostic(exception) with { Span = input.Place, Related = [] });
            return null;
        }
    }

    private static NodeScope Names(NodeSession session, RenderScope scope)
    {
        var names = new NodeScope(session);
        if (scope.UnitTest is { } unitTest)
        {
            MacroOverrides.Apply(names, unitTest);
        }

        foreach (var (name, value) in scope.Names)
        {
            names.Define(name, value);
        }

        return names;
    }

    // Each ephemeral model once, however many read it: after those it reads itself, else in the order of the calls. A
    // chain of them may be long, so the walk keeps its own stack.
    private List<(string Name, RenderedSql Sql)>? Ephemerals(
        IReadOnlyList<ModelNode> read,
        RenderScope scope,
        ImmutableArray<Diagnostic>.Builder diagnostics,
        ref bool askedDatabase,
        CancellationToken cancellationToken
    )
    {
        var inlined = new List<(string, RenderedSql)>();
        if (read.Count == 0)
        {
            return inlined;
        }

        var seen = new HashSet<string>(StringComparer.Ordinal);
        var open = new Stack<(IEnumerator<ModelNode> Left, (string, RenderedSql)? Owner)>();
        open.Push((read.GetEnumerator(), null));
        while (open.TryPeek(out var frame))
        {
            if (!frame.Left.MoveNext())
            {
                open.Pop();
                if (frame.Owner is { } owner)
                {
                    inlined.Add(owner);
                }
            }
            else if (seen.Add(frame.Left.Current.UniqueId))
            {
                var model = frame.Left.Current;
                if (
                    RenderOne(model, scope, out var inner, diagnostics, ref askedDatabase, cancellationToken)
                    is not { } body
                )
                {
                    return null;
                }

                open.Push((inner.Ephemerals.GetEnumerator(), (EphemeralInliner.NameOf(model), body)));
            }
        }

        return inlined;
    }

    private RenderedSql? RenderOne(
        GraphNode node,
        RenderScope scope,
        out NodeSession session,
        ImmutableArray<Diagnostic>.Builder diagnostics,
        ref bool askedDatabase,
        CancellationToken cancellationToken
    )
    {
        session = new NodeSession(project, references, description, graph, node, scope);
        try
        {
            var names = Names(session, scope);
            var context = new RenderContext(names, ProjectContext.RenderOptions, cancellationToken)
            {
                UnknownName = session.WarnOfUnknown,
            };
            if (node is TestNode { Generic: { } use } test)
            {
                var tested = (RelationNode)references.Graph[use.AttachedNode];
                names.Define(
                    GenericTestTemplate.ArgumentsName,
                    TestArguments.Make(test, use, tested, scope, project.Macros, context)
                );

                // dbt renders 'model' after the declared arguments.
                if (tested is ModelNode { Materialization: Materialization.Ephemeral } ephemeral)
                {
                    session.Read(ephemeral);
                }
            }

            var rendered = context.Render(templates[node.UniqueId]);
            diagnostics.AddRange(session.Warnings);
            return InputAliases.Settle(RenderedSql.From(rendered, node.Span));
        }
        catch (TemplateException exception)
        {
            // Without an answer a template need not make sense: 'run_query(…).columns[0]' has none to take.
            if (!session.AskedDatabase)
            {
                diagnostics.Add(session.ToDiagnostic(exception));
            }

            return null;
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            // A bug of ours in one node must not hide what the others have to say, nor end the host.
            diagnostics.Add(InternalDiagnostics.Failure("Rendering", exception, node.Span));
            return null;
        }
        finally
        {
            askedDatabase |= session.AskedDatabase;
        }
    }
}
