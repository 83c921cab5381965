using Analytics.Compiler.Diagnostics;
using Analytics.Jinja;
using Analytics.Jinja.Values;

namespace Analytics.Compiler.Rendering.Context;

/// <summary>Functions that say, render or check something: <c>log</c>, <c>print</c>, <c>render</c>, <c>validation</c>, ….</summary>
internal static class TextFunctions
{
    /// <summary><c>log(msg, info=false)</c>: at publish, with <c>info</c>, a message of the publish. Prints nothing.</summary>
    public static HostFunction Log(RenderSession session) =>
        HostFunction.Create(
            "log",
            args =>
            {
                if (args.Optional(1, "info") is true)
                {
                    session.Say?.Invoke(PyText.Str(args.Optional(0, "msg")));
                }

                return string.Empty;
            }
        );

    /// <summary><c>print(msg)</c>: at publish a message of the publish. Prints nothing.</summary>
    public static HostFunction Print(RenderSession session) =>
        HostFunction.Create(
            "print",
            args =>
            {
                session.Say?.Invoke(PyText.Str(args.Optional(0, "msg")));
                return string.Empty;
            }
        );

    /// <summary><c>render(text)</c>.</summary>
    public static HostFunction Render(RenderSession session) =>
        HostFunction.Create(
            "render",
            args =>
                InlineTemplate.Render(
                    args.RequireShown(0, "string", "render"),
                    "the text of render()",
                    args,
                    message => session.Fail(args, args.Span, span => TemplateDiagnostics.Syntax(span, message))
                )
        );

    /// <summary><c>try_or_compiler_error(message, function, …)</c>: the function's result, or an error with the message.</summary>
    public static HostFunction TryOrCompilerError(RenderSession session) =>
        HostFunction.Create(
            "try_or_compiler_error",
            args =>
            {
                var message = args.RequireShown(0, "message_if_exception", "try_or_compiler_error");
                try
                {
                    return args.Context.Call(
                        args.Optional(1, "func"),
                        [.. args.Positional.Skip(2)],
                        [.. args.Named.Where(pair => pair.Key is not ("message_if_exception" or "func"))],
                        args.Span
                    );
                }
                catch (TemplateException)
                {
                    throw session.Fail(args, args.Span, span => TemplateDiagnostics.Raised(span, message));
                }
            }
        );

    /// <summary><c>validation</c>: <c>any</c> makes a function that wants its argument to be one of some values.</summary>
    public static FrozenMapping Validation { get; } =
        new(new PyDict { { "any", HostFunction.Create("any", args => Any([.. args.Positional])) } });

    private static HostFunction Any(object?[] allowed) =>
        HostFunction.Create(
            "validate",
            args =>
            {
                var value = args.Optional(0, "value");
                return allowed.Any(one => Equals(one, value))
                    ? null
                    : throw args.Fail(
                        $"expected one of {string.Join(", ", allowed.Select(PyText.Repr))}, but got {PyText.Repr(value)}"
                    );
            }
        );
}
