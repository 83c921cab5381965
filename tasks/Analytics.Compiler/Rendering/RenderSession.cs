using Analytics.Compiler.Diagnostics;
using Analytics.Compiler.Rendering.Context;
using Analytics.Jinja;
using Analytics.Text;

namespace Analytics.Compiler.Rendering;

/// <summary>One rendering of one resource: what its context functions do and what they leave behind.</summary>
/// <param name="project">What all renderings share.</param>
/// <param name="package">The package of the resource.</param>
/// <param name="fallback">The resource's own span.</param>
internal abstract class RenderSession(ProjectContext project, string package, SourceSpan fallback)
{
    private Diagnostic? pending;
    private QueryFunctions? queries;

    public ProjectContext Project => project;

    public string Package => package;

    /// <summary>Where a diagnostic points that no better place is known for.</summary>
    public SourceSpan Fallback => fallback;

    /// <summary>Warnings that templates raised.</summary>
    public List<Diagnostic> Warnings { get; } = [];

    /// <summary>One per rendering: a statement's result is read by another function of the same rendering.</summary>
    public QueryFunctions Queries => queries ??= new QueryFunctions(this);

    public abstract bool Execute { get; }

    public abstract bool IsIncremental { get; }

    public abstract IWarehouse Warehouse { get; }

    /// <summary><c>this</c>; null where the resource has no relation.</summary>
    public abstract object? This { get; }

    /// <summary><c>model</c>.</summary>
    public abstract object? Model { get; }

    public abstract object? Ref(CallArguments args);

    public abstract object? Source(CallArguments args);

    /// <summary><c>config(…)</c> called as a function.</summary>
    public abstract void Configure(CallArguments args);

    public abstract bool TryGetConfig(string key, out object? value);

    /// <summary>Ends the rendering with a diagnostic of its own instead of a general one.</summary>
    public TemplateException Fail(CallArguments args, SourceSpan span, Func<SourceSpan, Diagnostic> diagnostic)
    {
        var (place, related) = TemplateLocation.InAuthorsFile(span, args.Context.Stack, fallback);
        var made = diagnostic(place);
        pending = made.Related.IsEmpty ? made with { Related = related } : made;
        return args.Fail(made.Message, span);
    }

    /// <summary>Keeps a warning at the author's place of a call.</summary>
    public void Warn(CallArguments args, Func<SourceSpan, Diagnostic> diagnostic)
    {
        var (place, related) = TemplateLocation.InAuthorsFile(args.Span, args.Context.Stack, fallback);
        Warnings.Add(diagnostic(place) with { Related = related });
    }

    /// <summary>The diagnostic of an exception that ended the rendering.</summary>
    public Diagnostic ToDiagnostic(TemplateException exception)
    {
        if (pending is { } own && exception.Error.Kind == TemplateErrorKind.Host)
        {
            return own;
        }

        return TemplateErrors.ToDiagnostic(
            exception.Error,
            fallback,
            exception.Error.Kind == TemplateErrorKind.UndefinedAttribute
                ? project.Macros.NamesIn(exception.Error.Message)
                : project.Macros.NamesFor(package).Concat(ContextNames.All)
        );
    }
}
