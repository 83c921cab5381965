using Analytics.Jinja;
using Analytics.Text;

namespace Analytics.Compiler.Rendering.Context;

/// <summary>Renders a text that a template holds as a value, in that template's context.</summary>
internal static class InlineTemplate
{
    /// <summary>
    /// Renders. The text is a macro's body, so it has a frame: an error in it lands on the call, and a text that renders
    /// itself meets a limit.
    /// </summary>
    /// <param name="text">The text.</param>
    /// <param name="title">What it is, for the related locations of an error.</param>
    /// <param name="args">The call that renders it.</param>
    /// <param name="unreadable">The exception for a text that is no template.</param>
    public static object? Render(
        string text,
        string title,
        CallArguments args,
        Func<string, TemplateException> unreadable
    )
    {
        if (!Template.HasMarkup(text))
        {
            return text;
        }

        var file = new SourceFile(title, $"{{% macro inline() %}}{text}{{% endmacro %}}");
        try
        {
            var scan = BlockScanner.Scan(file, BlockKinds.Macro);
            if (scan is { Blocks: [var block], Errors: [] })
            {
                return args.Context.Call(new MacroValue(MacroDefinition.Parse(block)), [], [], args.Span);
            }

            throw unreadable(scan.Errors is [var error, ..] ? error.Message : "a tag ends too early");
        }
        catch (TemplateException exception)
            when (exception.Error.Kind == TemplateErrorKind.Syntax && exception.Error.Stack.IsEmpty)
        {
            throw unreadable(exception.Error.Message);
        }
    }
}
