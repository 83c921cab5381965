using System.Collections.Immutable;
using System.Globalization;
using Analytics.Compiler.Diagnostics;
using Analytics.Jinja;
using Analytics.Jinja.Values;
using Analytics.Text;

namespace Analytics.Compiler.Loading.Profiles;

/// <summary>
/// Renders the values of a target. What a template read from the environment may be a secret, so no message repeats what
/// the engine says of values.
/// </summary>
internal sealed class ProfileTemplates : IGlobalScope
{
    private readonly IEnvironment environment;
    private readonly PyDict vars;
    private readonly ImmutableArray<Diagnostic>.Builder diagnostics;
    private readonly Func<object?>? target;
    private readonly Dictionary<string, HostFunction> functions;

    // What a function reported before it threw, so that the throw adds nothing.
    private Diagnostic? pending;

    /// <summary>Renders with what a profile can read, and with a target where there is one already.</summary>
    public ProfileTemplates(
        IEnvironment environment,
        PyDict? vars,
        ImmutableArray<Diagnostic>.Builder diagnostics,
        Func<object?>? target = null
    )
    {
        this.target = target;
        this.environment = environment;
        this.vars = vars ?? new PyDict();
        this.diagnostics = diagnostics;
        functions = new Dictionary<string, HostFunction>(StringComparer.Ordinal)
        {
            ["env_var"] = HostFunction.Create("env_var", EnvironmentVariable),
            ["var"] = HostFunction.Create("var", Variable),
        };
    }

    private IEnumerable<string> Names => target is null ? functions.Keys : functions.Keys.Append("target");

    /// <inheritdoc />
    public bool TryGet(string name, out object? value)
    {
        value = functions.GetValueOrDefault(name) ?? (name == "target" ? target?.Invoke() : null);
        return value is not null;
    }

    /// <summary>The value of a scalar; null when its template is wrong (reported).</summary>
    public RenderedValue? Render(Yaml.YamlScalar scalar)
    {
        if (!Template.HasMarkup(scalar.Text))
        {
            return new RenderedValue(scalar.Text, IsTemplate: false);
        }

        return TryRender(scalar, out var value) ? new RenderedValue(ToText(value), IsTemplate: true) : null;
    }

    /// <summary>Renders a template natively; false when it is wrong (reported).</summary>
    public bool TryRender(Yaml.YamlScalar scalar, out object? value)
    {
        var exact = scalar.Content.Length == scalar.Text.Length;
        var text = exact ? scalar.Content : Detached(scalar);
        try
        {
            value = new RenderContext(this).RenderNative(Template.Parse(text));
            if (value is not Undefined undefined)
            {
                return true;
            }

            var near = undefined.Name is null ? null : NearName.Find(undefined.Name, Names);
            diagnostics.Add(TemplateDiagnostics.Undefined(scalar.Content, undefined.Message, near));
            return false;
        }
        catch (TemplateException exception)
        {
            var span = ReferenceEquals(exception.Error.Span.File, scalar.Span.File)
                ? exception.Error.Span
                : scalar.Span;
            diagnostics.Add((pending ?? Describe(exception.Error)) with { Span = span });
            pending = null;
            value = null;
            return false;
        }
    }

    // An escaped or folded text has no place of its own in the file; errors in it point at the whole value.
    private static SourceSpan Detached(Yaml.YamlScalar scalar)
    {
        var file = new SourceFile(scalar.Span.File.Path, scalar.Text, scalar.Span.File.Directory);
        return file.Span(0, file.Text.Length);
    }

    /// <summary>A native value as YAML would write it.</summary>
    public static string ToText(object? value) =>
        value switch
        {
            null => string.Empty,
            string text => text,
            bool flag => flag ? "true" : "false",
            IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
            _ => value.ToString() ?? string.Empty,
        };

    private Diagnostic Describe(TemplateError error) =>
        error.Kind switch
        {
            TemplateErrorKind.Syntax or TemplateErrorKind.UnknownFilter or TemplateErrorKind.UnknownTest =>
                TemplateDiagnostics.Syntax(error.Span, error.Message),
            TemplateErrorKind.Unsupported => TemplateDiagnostics.Unsupported(error.Span, error.Message),
            TemplateErrorKind.UndefinedName => TemplateDiagnostics.Undefined(
                error.Span,
                error.Message,
                error.Name is null ? null : NearName.Find(error.Name, Names)
            ),
            TemplateErrorKind.Limit => TemplateDiagnostics.Limit(
                error.Span,
                "the template does too much for such a value"
            ),
            _ => TemplateDiagnostics.Evaluation(
                error.Span,
                "this template cannot be evaluated (what it read is not shown, it may be secret)"
            ),
        };

    private object? EnvironmentVariable(CallArguments call)
    {
        var name = Name(call, "env_var");
        if (environment.Get(name) is { } value)
        {
            return value;
        }

        if (call.TryGet(1, "default", out var fallback) && fallback is not null)
        {
            return fallback;
        }

        var span = call.SpanOf(0, "var");
        pending = TemplateDiagnostics.MissingEnv(span, Shown(span, name));
        throw call.Fail(pending.Message, span, name);
    }

    private object? Variable(CallArguments call)
    {
        var name = Name(call, "var");
        if (vars.TryGet(name, out var value) || call.TryGet(1, "default", out value))
        {
            return value;
        }

        var span = call.SpanOf(0, "var");
        pending = TemplateDiagnostics.MissingVar(
            span,
            Shown(span, name),
            NearName.Find(name, vars.Keys.OfType<string>())
        );
        throw call.Fail(pending.Message, span, name);
    }

    // A name that another variable gave may be a secret in the wrong place; one that the author wrote is none.
    private static string Shown(SourceSpan span, string name) =>
        span.Text.Contains(name, StringComparison.Ordinal) ? name : "***";

    private string Name(CallArguments call, string function)
    {
        if (call.TryGet(0, "var", out var value) && value is string name)
        {
            return name;
        }

        pending = TemplateDiagnostics.Host(call.Span, $"{function} needs a name, for example {function}('NAME')");
        throw call.Fail(pending.Message);
    }
}

/// <summary>A value of a target as text.</summary>
/// <param name="Text">Not for messages when it comes out of a template.</param>
/// <param name="IsTemplate">Whether a template made it.</param>
internal sealed record RenderedValue(string Text, bool IsTemplate);
