using System.Runtime.CompilerServices;
using System.Text;
using Analytics.Jinja.Filters;
using Analytics.Jinja.Lexing;
using Analytics.Jinja.Tree;
using Analytics.Jinja.Tree.Expressions;
using Analytics.Jinja.Values;
using Analytics.Text;

namespace Analytics.Jinja.Parsing;

/// <summary>Parses what binds tightest: literals, names, calls, attributes, items, filters, tests and signs.</summary>
internal sealed class PrimaryParser(TokenStream tokens, ExpressionParser expressions)
{
    private readonly ArgumentParser arguments = new(tokens, expressions);

    public Expression ParseUnary()
    {
        if (tokens.Current.Kind is not (TokenKind.Subtract or TokenKind.Add))
        {
            return Filters(Postfix(ParsePrimary()));
        }

        // A row of signs is counted, not nested. Filters bind looser than signs: '-1|abs' is 1.
        var signs = new Stack<Token>();
        while (tokens.Current.Kind is TokenKind.Subtract or TokenKind.Add)
        {
            signs.Push(tokens.Next());
        }

        var operand = Postfix(ParsePrimary());
        for (var i = 1; signs.TryPop(out var sign); i++)
        {
            var negate = sign.Kind == TokenKind.Subtract;
            operand = ExpressionParser.Guarded(
                ExpressionParser.Fold(new UnaryExpression(negate, operand, tokens.From(sign.Start))),
                i
            );
        }

        return Filters(operand);
    }

    public Expression ParsePrimary()
    {
        var token = tokens.Current;
        switch (token.Kind)
        {
            case TokenKind.Name:
                tokens.Next();
                return Name(token);
            case TokenKind.String:
                return Strings();
            case TokenKind.Integer:
                tokens.Next();
                return Constant(NumberLiteral.Integer(tokens.Text(token).ToString()), token);
            case TokenKind.Float:
                tokens.Next();
                return Constant(NumberLiteral.Float(tokens.Text(token).ToString()), token);
            case TokenKind.LeftParenthesis:
                tokens.Next();
                GuardStack();
                var inner = expressions.ParseTuple(isParenthesized: true);
                tokens.Expect(TokenKind.RightParenthesis);
                return inner;
            case TokenKind.LeftBracket:
                return List();
            case TokenKind.LeftBrace:
                return Dict();
            default:
                throw tokens.Unexpected("expected an expression");
        }
    }

    /// <summary>Attributes, items and calls after a primary.</summary>
    public Expression Postfix(Expression target)
    {
        for (var i = 1; ; i++)
        {
            switch (tokens.Current.Kind)
            {
                case TokenKind.Dot:
                    target = Attribute(target);
                    break;
                case TokenKind.LeftBracket:
                    target = Item(target);
                    break;
                case TokenKind.LeftParenthesis:
                    target = Call(target);
                    break;
                default:
                    return target;
            }

            target = ExpressionParser.Guarded(target, i);
        }
    }

    /// <summary>Filters, tests and calls after an expression.</summary>
    public Expression Filters(Expression target)
    {
        for (var i = 1; ; i++)
        {
            if (tokens.Is(TokenKind.Pipe))
            {
                tokens.Next();
                target = Filter(target);
            }
            else if (tokens.IsName("is"))
            {
                target = Test(target);
            }
            else if (tokens.Is(TokenKind.LeftParenthesis))
            {
                target = Call(target);
            }
            else
            {
                return target;
            }

            target = ExpressionParser.Guarded(target, i);
        }
    }

    /// <summary>One filter, its name first, on a value.</summary>
    public Expression Filter(Expression target)
    {
        var span = DottedName(out var name);
        var filter = FilterTable.Find(name);
        var given = tokens.Is(TokenKind.LeftParenthesis) ? arguments.Parse() : ArgumentList.Empty;
        if (filter is null)
        {
            var error = new PyError(TemplateErrorKind.UnknownFilter, FilterTable.Unknown(name), name);
            return expressions.Unknown.Add(error, span);
        }

        return ExpressionParser.Fold(new FilterExpression(target, filter, given, span, tokens.From(target.Span.Start)));
    }

    private void GuardStack()
    {
        if (!RuntimeHelpers.TryEnsureSufficientExecutionStack())
        {
            throw SyntaxError.At(
                TemplateErrorKind.Limit,
                tokens.Span(tokens.Previous),
                "The expression is nested too deep"
            );
        }
    }

    private Expression Name(Token token)
    {
        var text = tokens.Text(token);
        switch (text)
        {
            case "true" or "True":
                return Constant(Boxes.True, token);
            case "false" or "False":
                return Constant(Boxes.False, token);
            case "none" or "None":
                return Constant(null, token);
        }

        var name = new NameExpression(text.ToString(), tokens.Span(token));
        expressions.Scope.Read(name);
        return name;
    }

    private ConstantExpression Constant(object? value, Token token) => new(value, tokens.Span(token));

    private ConstantExpression Strings()
    {
        var first = tokens.Next();
        var value = StringLiteral.Read(tokens.Span(first));
        if (tokens.Is(TokenKind.String))
        {
            var builder = new StringBuilder(value);
            while (tokens.Is(TokenKind.String))
            {
                builder.Append(StringLiteral.Read(tokens.Span(tokens.Next())));
            }

            value = builder.ToString();
        }

        return new ConstantExpression(value, tokens.From(first.Start));
    }

    private Expression List()
    {
        var start = tokens.Next().Start;
        GuardStack();
        var items = new List<Expression>();
        while (!tokens.Is(TokenKind.RightBracket))
        {
            if (items.Count > 0)
            {
                tokens.Expect(TokenKind.Comma);
                if (tokens.Is(TokenKind.RightBracket))
                {
                    break;
                }
            }

            items.Add(expressions.Parse());
        }

        tokens.Expect(TokenKind.RightBracket);
        return new SequenceExpression([.. items], false, tokens.From(start));
    }

    private Expression Dict()
    {
        var start = tokens.Next().Start;
        GuardStack();
        var entries = new List<(Expression, Expression)>();
        while (!tokens.Is(TokenKind.RightBrace))
        {
            if (entries.Count > 0)
            {
                tokens.Expect(TokenKind.Comma);
                if (tokens.Is(TokenKind.RightBrace))
                {
                    break;
                }
            }

            var key = expressions.Parse();
            tokens.Expect(TokenKind.Colon);
            entries.Add((key, expressions.Parse()));
        }

        tokens.Expect(TokenKind.RightBrace);
        return new DictExpression([.. entries], tokens.From(start));
    }

    private Expression Attribute(Expression target)
    {
        tokens.Next();
        var token = tokens.Next();
        switch (token.Kind)
        {
            case TokenKind.Name:
                return new AttributeExpression(target, tokens.Text(token).ToString(), tokens.Span(token));
            case TokenKind.Integer:
                var index = Constant(NumberLiteral.Integer(tokens.Text(token).ToString()), token);
                return ExpressionParser.Fold(new ItemExpression(target, index, tokens.From(target.Span.Start)));
            default:
                throw SyntaxError.At(tokens.Span(token), "Expected a name or a number after '.'");
        }
    }

    private Expression Item(Expression target)
    {
        var start = tokens.Next().End;
        GuardStack();
        var keys = new List<Expression>();
        while (!tokens.Is(TokenKind.RightBracket))
        {
            if (keys.Count > 0)
            {
                tokens.Expect(TokenKind.Comma);
            }

            keys.Add(Subscript());
        }

        var key = keys.Count == 1 ? keys[0] : new SequenceExpression([.. keys], true, tokens.From(start));
        tokens.Expect(TokenKind.RightBracket);
        return ExpressionParser.Fold(new ItemExpression(target, key, tokens.From(target.Span.Start)));
    }

    private Expression Subscript()
    {
        var start = tokens.Current.Start;
        Expression? first = null;
        if (!tokens.Is(TokenKind.Colon))
        {
            first = expressions.Parse();
            if (!tokens.Is(TokenKind.Colon))
            {
                return first;
            }
        }

        tokens.Next();
        var stop = SlicePart();
        var step = tokens.Skip(TokenKind.Colon) ? SlicePart() : null;
        return new SliceExpression(first, stop, step, tokens.From(start));
    }

    private Expression? SlicePart() =>
        tokens.Current.Kind is TokenKind.Colon or TokenKind.RightBracket or TokenKind.Comma
            ? null
            : expressions.Parse();

    private CallExpression Call(Expression target)
    {
        var given = arguments.Parse();
        return new CallExpression(target, given, tokens.From(target.Span.Start));
    }

    private Expression Test(Expression target)
    {
        tokens.Next();
        var negated = tokens.SkipName("not");
        var span = DottedName(out var name);
        var given = ArgumentList.Empty;
        if (tokens.Is(TokenKind.LeftParenthesis))
        {
            given = arguments.Parse();
        }
        else if (
            tokens.Current.Kind
                is TokenKind.Name
                    or TokenKind.String
                    or TokenKind.Integer
                    or TokenKind.Float
                    or TokenKind.LeftBracket
                    or TokenKind.LeftBrace
            && !tokens.IsName("else")
            && !tokens.IsName("or")
            && !tokens.IsName("and")
        )
        {
            if (tokens.IsName("is"))
            {
                throw SyntaxError.At(tokens.Span(tokens.Current), "You cannot chain multiple tests with 'is'");
            }

            given = new ArgumentList([Postfix(ParsePrimary())], [], null, null);
        }

        if (TestTable.Find(name) is not { } test)
        {
            var error = new PyError(TemplateErrorKind.UnknownTest, TestTable.Unknown(name), name);
            return expressions.Unknown.Add(error, span);
        }

        return ExpressionParser.Fold(
            new TestExpression(target, test, given, negated, span, tokens.From(target.Span.Start))
        );
    }

    private SourceSpan DottedName(out string name)
    {
        var start = tokens.Expect(TokenKind.Name).Start;
        while (tokens.Is(TokenKind.Dot))
        {
            tokens.Next();
            tokens.Expect(TokenKind.Name);
        }

        var span = tokens.From(start);
        name = span.Text;
        return span;
    }
}
