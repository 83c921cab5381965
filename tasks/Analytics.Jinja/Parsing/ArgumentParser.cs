using System.Runtime.CompilerServices;
using Analytics.Jinja.Lexing;
using Analytics.Jinja.Tree;
using Analytics.Jinja.Tree.Expressions;

namespace Analytics.Jinja.Parsing;

/// <summary>Parses the arguments in the parentheses of a call, a filter or a test.</summary>
internal sealed class ArgumentParser(TokenStream tokens, ExpressionParser expressions)
{
    public ArgumentList Parse()
    {
        tokens.Expect(TokenKind.LeftParenthesis);
        if (!RuntimeHelpers.TryEnsureSufficientExecutionStack())
        {
            throw SyntaxError.At(
                TemplateErrorKind.Limit,
                tokens.Span(tokens.Previous),
                "The expression is nested too deep"
            );
        }

        var positional = new List<Expression>();
        var named = new List<NamedArgument>();
        Expression? star = null;
        Expression? doubleStar = null;
        var first = true;
        while (!tokens.Is(TokenKind.RightParenthesis))
        {
            if (!first)
            {
                tokens.Expect(TokenKind.Comma);
                if (tokens.Is(TokenKind.RightParenthesis))
                {
                    break;
                }
            }

            first = false;
            var at = tokens.Current;
            if (tokens.Skip(TokenKind.Multiply))
            {
                Order(star is null && doubleStar is null, at);
                star = expressions.Parse();
            }
            else if (tokens.Skip(TokenKind.Power))
            {
                Order(doubleStar is null, at);
                doubleStar = expressions.Parse();
            }
            else if (tokens.Is(TokenKind.Name) && tokens.Ahead.Kind == TokenKind.Assign)
            {
                Order(doubleStar is null, at);
                tokens.Next();
                tokens.Next();
                var name = tokens.Text(at).ToString();
                if (named.Exists(n => string.Equals(n.Name, name, StringComparison.Ordinal)))
                {
                    throw SyntaxError.At(tokens.Span(at), $"The argument '{name}' is repeated", name);
                }

                named.Add(new NamedArgument(name, expressions.Parse()));
            }
            else
            {
                Order(star is null && doubleStar is null && named.Count == 0, at);
                positional.Add(expressions.Parse());
            }
        }

        tokens.Expect(TokenKind.RightParenthesis);
        return new ArgumentList([.. positional], [.. named], star, doubleStar);
    }

    private void Order(bool isRight, Token at)
    {
        if (!isRight)
        {
            throw SyntaxError.At(tokens.Span(at), "Invalid order of arguments: positional, named, '*', '**'");
        }
    }
}
