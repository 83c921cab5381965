using Analytics.Compiler.Diagnostics;
using Analytics.Jinja;
using Analytics.Jinja.Values;

namespace Analytics.Compiler.Rendering.Context;

/// <summary><c>exceptions.*</c>: errors and warnings that templates raise.</summary>
internal sealed class ExceptionsValue(RenderSession session) : IHostObject
{
    public string TypeName => "exceptions";

    public bool TryGetAttribute(string name, out object? value)
    {
        value = name switch
        {
            "raise_compiler_error"
            or "raise_not_implemented"
            or "raise_fail_fast_error"
            or "raise_contract_error"
            or "column_type_missing"
            or "relation_wrong_type" => HostFunction.Create(name, args => throw Raise(name, args)),
            "warn" => HostFunction.Create(name, Warn),
            _ => null,
        };
        return value is not null;
    }

    public bool TryGetItem(object? key, out object? value)
    {
        value = null;
        return false;
    }

    public string AsText() => "exceptions";

    private TemplateException Raise(string name, CallArguments args)
    {
        var message =
            args.Positional.Count > 0 ? PyText.Str(args.Positional[0]) : PyText.Str(args.Optional(0, "msg", name));
        return session.Fail(args, args.Span, span => TemplateDiagnostics.Raised(span, message));
    }

    private object Warn(CallArguments args)
    {
        var message = PyText.Str(args.Optional(0, "msg", string.Empty));
        session.Warn(args, span => TemplateDiagnostics.Warned(span, message));
        return string.Empty;
    }
}
