using Analytics.Compiler.Diagnostics;
using Analytics.Compiler.Rendering.Context;
using Analytics.Compiler.Resolving.Configs;
using Analytics.Jinja;
using Analytics.Jinja.Values;
using Analytics.Text;

namespace Analytics.Compiler.Rendering;

/// <summary>One rendering of one resource: what its context functions do and what they leave behind.</summary>
/// <param name="project">What all renderings share.</param>
/// <param name="package">The package of the resource.</param>
/// <param name="fallback">The resource's own span.</param>
internal abstract class RenderSession(ProjectContext project, string package, SourceSpan fallback)
{
    private Diagnostic? pending;
    private QueryResults? results;

    public ProjectContext Project => project;

    public string Package => package;

    /// <summary>Where a diagnostic points that no better place is known for.</summary>
    public SourceSpan Fallback => fallback;

    /// <summary>Warnings that templates raised.</summary>
    public List<Diagnostic> Warnings { get; } = [];

    /// <summary>One per rendering: a statement's result is read by another function of the same rendering.</summary>
    public QueryResults Results => results ??= new QueryResults();

    /// <summary>Whether this is the first pass, in which configs are being read.</summary>
    public virtual bool IsCapture => false;

    /// <summary><c>database</c>: the node's, or the target's.</summary>
    public virtual string Database => project.Options.Target.Database;

    /// <summary><c>schema</c>: the node's, or the target's.</summary>
    public virtual string Schema => project.Options.Target.Schema;

    /// <summary>What makes the names of indexes differ from those that the relation has already; empty where it has none.</summary>
    public virtual string IndexSalt => string.Empty;

    /// <summary><c>graph</c>: empty where the graph is not made yet.</summary>
    public virtual object Graph => new PyDict();

    /// <summary><c>selected_resources</c>.</summary>
    public virtual PyList Selected => [];

    /// <summary>Who hears what the template prints; null for nobody.</summary>
    public virtual Action<string>? Say => null;

    public abstract bool Execute { get; }

    public abstract bool IsIncremental { get; }

    public abstract IWarehouse Warehouse { get; }

    /// <summary><c>this</c>; null where the resource has no relation.</summary>
    public abstract object? This { get; }

    /// <summary><c>model</c>.</summary>
    public abstract object? Model { get; }

    public abstract object? Ref(CallArguments args);

    public abstract object? Source(CallArguments args);

    public abstract object? Function(CallArguments args);

    /// <summary><c>config(…)</c> called as a function.</summary>
    public abstract void Configure(CallArguments args);

    /// <summary><c>config.set(key, value)</c>.</summary>
    public virtual void Configure(ConfigEntry entry) { }

    public abstract bool TryGetConfig(string key, out object? value);

    /// <summary>The value of a variable.</summary>
    public virtual bool TryGetVar(string name, out object? value) => project.Vars.TryGet(package, name, out value);

    /// <summary>The value of an environment variable; null where there is none.</summary>
    public virtual object? EnvVar(string name) => project.Options.Environment.Get(name);

    /// <summary>Where a relation is for this rendering that a template names by itself, without <c>ref</c>.</summary>
    public virtual RelationValue Place(RelationValue named) => named;

    /// <summary>Asks the database for a template. What it refuses is an error at the author's place of the call.</summary>
    public T Ask<T>(CallArguments args, Func<IWarehouse, T> question)
    {
        try
        {
            return question(Warehouse);
        }
        catch (WarehouseException exception)
        {
            throw Fail(
                args,
                args.Span,
                span => TemplateDiagnostics.QueryFailed(span, exception.SqlState, exception.Message)
            );
        }
    }

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
                ? project.Macros.NamesIn(exception.Error.Message).Concat(MembersIn(exception.Error.Message))
                : project.Macros.NamesFor(package).Concat(ContextNames.All)
        );
    }

    private static IEnumerable<string> MembersIn(string message) =>
        message.StartsWith("'adapter object'", StringComparison.Ordinal) ? AdapterValue.Names
        : message.StartsWith("'exceptions object'", StringComparison.Ordinal) ? ExceptionsValue.Names
        : [];
}
