using System.Collections.Immutable;
using Analytics.Jinja.Evaluating;
using Analytics.Jinja.Lexing;
using Analytics.Jinja.Tree.Expressions;
using Analytics.Jinja.Values;
using Analytics.Text;

namespace Analytics.Jinja.Parsing;

/// <summary>Parses a block that a project's file of macros holds.</summary>
internal sealed record MacroBlock(
    MacroCode Code,
    ImmutableArray<MacroParameter> Parameters,
    string? Adapter,
    ImmutableArray<string> SupportedLanguages
)
{
    public static MacroBlock Parse(SourceSpan block)
    {
        var tokens = new TokenStream(block.File, Lexer.Tokenize(block, dropLastNewline: false));
        var parser = new StatementParser(tokens);
        parser.Expressions.Scope = new Scope(null, new Unit());
        var start = tokens.Expect(TokenKind.BlockBegin).Start;
        var tag = tokens.Text(tokens.Expect(TokenKind.Name)).ToString();
        var name = tokens.Text(parser.Targets.Name()).ToString();
        var result = tag == "materialization" ? Materialization(parser, name, start) : Macro(parser, tag, name, start);
        if (!tokens.Is(TokenKind.End))
        {
            throw tokens.Unexpected("expected the end of the block");
        }

        parser.Expressions.Unknown.Refuse(0);
        parser.Expressions.Scope.Close();
        return result;
    }

    private static MacroBlock Macro(StatementParser parser, string tag, string name, int start)
    {
        var parameters = new List<MacroParameter>();
        var code = parser.Macros.Code(name, start, "end" + tag, false, null, out _, found: parameters);
        return new MacroBlock(code, [.. parameters], null, []);
    }

    private static MacroBlock Materialization(StatementParser parser, string name, int start)
    {
        var tokens = parser.Tokens;
        var adapter = "default";
        ImmutableArray<string> languages = ["sql"];
        var code = parser.Macros.Code(
            name,
            start,
            "endmaterialization",
            false,
            () =>
            {
                while (tokens.Skip(TokenKind.Comma))
                {
                    var token = tokens.Expect(TokenKind.Name);
                    switch (tokens.Text(token))
                    {
                        case "default":
                            break;
                        case "adapter":
                            tokens.Expect(TokenKind.Assign);
                            adapter = Text(parser);
                            break;
                        case "supported_languages":
                            tokens.Expect(TokenKind.Assign);
                            languages = Texts(parser);
                            break;
                        default:
                            throw SyntaxError.At(
                                tokens.Span(token),
                                $"Unknown argument '{tokens.Text(token)}' of a materialization: 'default', 'adapter' and 'supported_languages' are known",
                                tokens.Text(token).ToString()
                            );
                    }
                }
            },
            out _,
            hasParameters: false
        );
        return new MacroBlock(code, [], adapter, languages);
    }

    private static string Text(StatementParser parser) =>
        parser.Expressions.Parse() is var expression && expression is ConstantExpression { Value: string text }
            ? text
            : throw SyntaxError.At(expression.Span, "Expected a text");

    private static ImmutableArray<string> Texts(StatementParser parser)
    {
        var expression = parser.Expressions.Parse();
        if (
            expression.IsConstant
            && Constants.TryEvaluate(expression, out var value)
            && value is PyList list
            && list.Items.TrueForAll(i => i is string)
        )
        {
            return [.. list.Items.Cast<string>()];
        }

        throw SyntaxError.At(expression.Span, "Expected a list of texts");
    }
}
