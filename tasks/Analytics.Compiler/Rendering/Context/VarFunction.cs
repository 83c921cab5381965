using Analytics.Compiler.Diagnostics;
using Analytics.Jinja;
using Analytics.Text;

namespace Analytics.Compiler.Rendering.Context;

/// <summary><c>var('name'[, default])</c> and <c>var.has_var('name')</c>.</summary>
internal sealed class VarFunction(RenderSession session) : HostFunction("var"), IHostObject
{
    public string TypeName => "var";

    public override object? Invoke(CallArguments args)
    {
        var name = args.RequireText(0, "var", "var");
        if (session.TryGetVar(name, out var value))
        {
            return value is string text ? Rendered(name, text, args) : value;
        }

        if (args.TryGet(1, "default", out var fallback))
        {
            return fallback;
        }

        var near = NearName.Find(name, session.Project.Vars.Names(session.Package));
        throw session.Fail(args, args.SpanOf(0, "var"), span => TemplateDiagnostics.MissingVar(span, name, near));
    }

    // A value that holds a template is rendered where it is read, as text: '{{ source('a', 'b') }}' is a relation there.
    private object? Rendered(string name, string text, CallArguments args) =>
        InlineTemplate.Render(
            text,
            $"variable '{name}'",
            args,
            message =>
                session.Fail(
                    args,
                    args.Span,
                    span => TemplateDiagnostics.Syntax(span, $"in the value of the variable '{name}': {message}")
                )
        );

    public bool TryGetAttribute(string name, out object? value)
    {
        value =
            name == "has_var"
                ? Create(name, args => session.TryGetVar(args.RequireText(0, "var", "var.has_var"), out _))
                : null;
        return value is not null;
    }

    public bool TryGetItem(object? key, out object? value)
    {
        value = null;
        return false;
    }

    public string AsText() => "var";
}
