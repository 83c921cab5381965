using Analytics.Text;

namespace Analytics.Jinja.Lexing;

/// <summary>Makes the errors of the lexer and the parser.</summary>
internal static class SyntaxError
{
    public static TemplateException At(SourceSpan span, string message, string? name = null) =>
        At(TemplateErrorKind.Syntax, span, message, name);

    public static TemplateException At(TemplateErrorKind kind, SourceSpan span, string message, string? name = null) =>
        new(new TemplateError(kind, message, span, [], name));
}
