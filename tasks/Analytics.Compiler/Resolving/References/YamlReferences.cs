using System.Collections.Immutable;
using Analytics.Compiler.Diagnostics;
using Analytics.Compiler.Loading.Resources;
using Analytics.Compiler.Loading.Yaml;
using Analytics.Compiler.Rendering;
using Analytics.Compiler.Rendering.Capture;
using Analytics.Compiler.Rendering.Context;
using Analytics.Compiler.Resolving.Configs;
using Analytics.Compiler.Resolving.Nodes;
using Analytics.Jinja;
using Analytics.Jinja.Values;
using Analytics.Text;

namespace Analytics.Compiler.Resolving.References;

/// <summary>Finds what values outside of a node's own template refer to. Only a rendering knows.</summary>
internal sealed class YamlReferences(ProjectContext project, ICollection<Diagnostic> diagnostics)
{
    /// <summary>What a YAML value refers to: a bare call such as <c>ref('x')</c>, or a template in a string.</summary>
    /// <param name="value">The value.</param>
    /// <param name="package">The package of its file.</param>
    /// <param name="owner">The name of what it belongs to.</param>
    public (ImmutableArray<RefCall> Refs, ImmutableArray<SourceCall> Sources) Of(
        YamlNode value,
        string package,
        string owner
    )
    {
        var session = new CaptureSession(project, package, owner, value.Span, false);
        return Captured(session, value.Span, context => YamlTemplates.RenderArgument(value, context));
    }

    /// <summary>What the foreign keys of a model lead to.</summary>
    public (ImmutableArray<RefCall> Refs, ImmutableArray<SourceCall> Sources) OfConstraints(
        ResourceProperties described
    )
    {
        var refs = ImmutableArray.CreateBuilder<RefCall>();
        var sources = ImmutableArray.CreateBuilder<SourceCall>();
        foreach (var owner in described.Columns.Select(column => column.Raw).Prepend(described.Raw))
        {
            foreach (var constraint in (owner["constraints"] as YamlSequence)?.Items.OfType<YamlMapping>() ?? [])
            {
                if (constraint["to"] is YamlScalar { Value: string } target)
                {
                    var (found, tables) = Of(target, described.Package, described.Name);
                    refs.AddRange(found);
                    sources.AddRange(tables);
                }
            }
        }

        return (refs.ToImmutable(), sources.ToImmutable());
    }

    /// <summary>What the hooks of a node refer to. They are rendered for good when they run.</summary>
    public HookReferences OfHooks(GraphNode node, MergedConfig config)
    {
        var hooks = Hooks(node, config);
        return new HookReferences(
            [.. hooks.SelectMany(hook => Refs(hook.Session, hook.Place))],
            [.. hooks.SelectMany(hook => Sources(hook.Session, hook.Place))],
            [
                .. hooks.SelectMany(hook =>
                    hook.Session.Functions.Select(call => call with { Span = InFile(call.Span, hook.Place) })
                ),
            ]
        );
    }

    // Each rendered by itself: what is wrong in one does not hide the next.
    private List<(CaptureSession Session, SourceSpan Place)> Hooks(GraphNode node, MergedConfig config)
    {
        var sessions = new List<(CaptureSession, SourceSpan)>();
        foreach (var key in (ReadOnlySpan<string>)["pre-hook", "post-hook"])
        {
            if (config[key] is not { Value: PyList hooks } entry)
            {
                continue;
            }

            foreach (var hook in hooks)
            {
                var sql = hook is PyDict mapping
                    ? mapping.TryGet("sql", out var text)
                        ? text
                        : null
                    : hook;
                if (sql is string template && Template.HasMarkup(template))
                {
                    var session = new CaptureSession(project, node.Package, node.Name, entry.Span, false);
                    var file = new SourceFile(entry.Span.File.Path, template);
                    _ = Captured(session, entry.Span, context => context.Render(Template.Parse(file)));
                    sessions.Add((session, entry.Span));
                }
            }
        }

        return sessions;
    }

    private (ImmutableArray<RefCall> Refs, ImmutableArray<SourceCall> Sources) Captured(
        CaptureSession session,
        SourceSpan place,
        Action<RenderContext> render
    )
    {
        try
        {
            render(new RenderContext(new NodeScope(session), TemplateCapture.Options));
        }
        catch (TemplateException exception)
        {
            var diagnostic = session.ToDiagnostic(exception);
            diagnostics.Add(diagnostic with { Span = InFile(diagnostic.Span ?? place, place) });
        }

        // A call in a text of its own is reported at the value that holds it.
        return ([.. Refs(session, place)], [.. Sources(session, place)]);
    }

    private static IEnumerable<RefCall> Refs(CaptureSession session, SourceSpan place) =>
        session.Refs.Select(call => call with { Span = InFile(call.Span, place) });

    private static IEnumerable<SourceCall> Sources(CaptureSession session, SourceSpan place) =>
        session.Sources.Select(call => call with { Span = InFile(call.Span, place) });

    private static SourceSpan InFile(SourceSpan span, SourceSpan place) =>
        ReferenceEquals(span.File, place.File) ? span : place;
}

/// <summary>What the hooks of a node refer to.</summary>
/// <param name="Refs">By <c>ref</c>.</param>
/// <param name="Sources">By <c>source</c>.</param>
/// <param name="Functions">By <c>function</c>.</param>
internal sealed record HookReferences(
    ImmutableArray<RefCall> Refs,
    ImmutableArray<SourceCall> Sources,
    ImmutableArray<FunctionCall> Functions
)
{
    /// <summary>Nothing.</summary>
    public static HookReferences None { get; } = new([], [], []);
}
