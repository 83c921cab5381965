using System.Collections.Immutable;
using Analytics.Compiler.Diagnostics;
using Analytics.Compiler.Rendering.Context;
using Analytics.Jinja;
using Analytics.Jinja.Values;
using Analytics.Text;

namespace Analytics.Compiler.Rendering;

// What belongs to no node: queries and macros that somebody runs by themselves.
internal sealed partial class NodeRenderer
{
    public RenderResult RenderQuery(SourceFile query, RenderScope scope, CancellationToken cancellationToken = default)
    {
        var session = new QuerySession(
            project,
            references,
            graph,
            project.Macros.RootPackage,
            query.Span(0, query.Text.Length),
            scope
        )
        {
            Inlines = true,
        };
        var diagnostics = ImmutableArray.CreateBuilder<Diagnostic>();
        var asked = false;
        var own = Try(session, diagnostics, cancellationToken, context => context.Render(Template.Parse(query)));
        var sql =
            own is not null
            && Ephemerals(session.Ephemerals, scope, diagnostics, ref asked, cancellationToken) is { } ephemerals
                ? EphemeralInliner.Inline(RenderedSql.From(own, session.Fallback), ephemerals)
                : null;
        return new RenderResult(sql, diagnostics.ToImmutable(), asked);
    }

    public MacroResult RunMacro(
        string name,
        PyDict arguments,
        RenderScope scope,
        CancellationToken cancellationToken = default
    )
    {
        if (project.Macros.FindOperation(name) is not { Macro.Definition: { } definition } found)
        {
            var near = NearName.Find(name, project.Macros.OperationNames);
            return new MacroResult(null, [JobDiagnostics.UnknownMacro(name, near)]);
        }

        var (package, macro) = found;
        var place = definition.Block.Span;
        var uniqueId = $"macro.{package}.{definition.Name}";
        var named = arguments.Select(pair => KeyValuePair.Create(PyText.Str(pair.Key), pair.Value)).ToList();
        if (MacroArguments.Check(definition, named.Select(pair => pair.Key)) is { } wrong)
        {
            return new MacroResult(uniqueId, [JobDiagnostics.MacroArguments(place, definition.Name, wrong)]);
        }

        var owner = name.Contains('.', StringComparison.Ordinal) ? package : project.Macros.RootPackage;
        var session = new QuerySession(project, references, graph, owner, place, scope) { Inlines = false };
        var diagnostics = ImmutableArray.CreateBuilder<Diagnostic>();
        Try(session, diagnostics, cancellationToken, context => context.Call(macro, [], named, place));
        return new MacroResult(uniqueId, diagnostics.ToImmutable());
    }

    private static T? Try<T>(
        RenderSession session,
        ImmutableArray<Diagnostic>.Builder diagnostics,
        CancellationToken cancellationToken,
        Func<RenderContext, T> work
    )
        where T : class?
    {
        try
        {
            var names = new NodeScope(session);
            var done = work(new RenderContext(names, ProjectContext.RenderOptions, cancellationToken));
            diagnostics.AddRange(session.Warnings);
            return done;
        }
        catch (TemplateException exception)
        {
            diagnostics.Add(session.ToDiagnostic(exception));
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            diagnostics.Add(InternalDiagnostics.Failure("Rendering", exception, session.Fallback));
        }

        return null;
    }
}
