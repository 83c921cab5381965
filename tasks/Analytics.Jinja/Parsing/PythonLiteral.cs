using Analytics.Jinja.Lexing;
using Analytics.Text;

namespace Analytics.Jinja.Parsing;

/// <summary>Reads a text as a Python literal, as <c>ast.literal_eval</c> does.</summary>
internal static class PythonLiteral
{
    public static bool TryRead(string text, out object? value)
    {
        value = null;
        try
        {
            var file = new SourceFile("literal", "{{" + text + "}}");
            var stream = new TokenStream(file, Lexer.Tokenize(file.Span(0, file.Text.Length), dropLastNewline: false));
            var parser = new ExpressionParser(stream) { Scope = new Scope(null, new Unit()) };
            stream.Expect(TokenKind.VariableBegin);
            var expression = parser.ParseTuple();
            stream.Expect(TokenKind.VariableEnd);
            return stream.Is(TokenKind.End)
                && expression.IsConstant
                && text.Trim() is not ("true" or "false" or "none")
                && Constants.TryEvaluate(expression, out value);
        }
        catch (TemplateException)
        {
            return false;
        }
    }
}
