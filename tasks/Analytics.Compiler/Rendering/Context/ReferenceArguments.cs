using Analytics.Compiler.Rendering.Capture;
using Analytics.Jinja;
using Analytics.Jinja.Values;

namespace Analytics.Compiler.Rendering.Context;

/// <summary>Reads the arguments of <c>ref</c> and <c>source</c>.</summary>
internal static class ReferenceArguments
{
    public static RefCall Ref(CallArguments args)
    {
        object? version = null;
        foreach (var named in args.Named)
        {
            if (named.Key is "v" or "version")
            {
                version = Version(args, named.Key, named.Value);
            }
            else if (named.Key is not ("model_name" or "package"))
            {
                throw args.Fail($"ref() has no argument '{named.Key}'", args.SpanOf(named.Key));
            }
        }

        return args.Positional.Count switch
        {
            1 => new RefCall(null, args.RequireText(0, "model_name", "ref"), version, args.SpanOf(0)),
            2 => new RefCall(
                args.RequireText(0, "package", "ref"),
                args.RequireText(1, "model_name", "ref"),
                version,
                args.SpanOf(1)
            ),
            var count => throw args.Fail($"ref() takes one or two names, but got {count}"),
        };
    }

    private static object? Version(CallArguments args, string name, object? value) =>
        value is null or string or long or double
            ? value
            : throw args.Fail(
                $"a version is a number or a text, but ref() got {PyText.Repr(value)}",
                args.SpanOf(name)
            );

    public static FunctionCall Function(CallArguments args) =>
        args.Positional.Count switch
        {
            1 => new FunctionCall(null, args.RequireText(0, "function_name", "function"), args.SpanOf(0)),
            2 => new FunctionCall(
                args.RequireText(0, "package", "function"),
                args.RequireText(1, "function_name", "function"),
                args.SpanOf(1)
            ),
            var count => throw args.Fail($"function() takes one or two names, but got {count}"),
        };

    public static SourceCall Source(CallArguments args)
    {
        if (args.Positional.Count != 2)
        {
            throw args.Fail($"source() takes a source and a table, but got {args.Positional.Count} arguments");
        }

        return new SourceCall(
            args.RequireText(0, "source", "source"),
            args.RequireText(1, "table", "source"),
            args.SpanOf(0).To(args.SpanOf(1))
        );
    }
}
