using System.Runtime.CompilerServices;
using Analytics.Jinja.Lexing;
using Analytics.Jinja.Tree;
using Analytics.Jinja.Tree.Expressions;

namespace Analytics.Jinja.Parsing;

/// <summary>Parses expressions by Jinja's precedence; operators in <see cref="PrimaryParser"/> bind tighter.</summary>
internal sealed class ExpressionParser
{
    private readonly TokenStream tokens;
    private readonly PrimaryParser primary;
    private int nesting;

    public ExpressionParser(TokenStream tokens)
    {
        this.tokens = tokens;
        primary = new PrimaryParser(tokens, this);
    }

    /// <summary>The scope that reads are noted in; the statement parser moves it.</summary>
    public Scope Scope { get; set; } = null!;

    public PrimaryParser Primary => primary;

    /// <summary>The filters and tests that do not exist.</summary>
    public UnknownNames Unknown { get; } = new();

    /// <summary>A single expression, without commas.</summary>
    /// <param name="withConditional">False where <c>if</c> means something else.</param>
    public Expression Parse(bool withConditional = true)
    {
        if (++nesting % StackGuard.Interval != 0)
        {
            var simple = withConditional ? Conditional() : Or();
            nesting--;
            return simple;
        }

        if (!RuntimeHelpers.TryEnsureSufficientExecutionStack())
        {
            throw SyntaxError.At(
                TemplateErrorKind.Limit,
                tokens.Span(tokens.Current),
                "The expression is nested too deep"
            );
        }

        var expression = withConditional ? Conditional() : Or();
        nesting--;
        return new StackGuard(expression);
    }

    /// <summary>An expression or, with commas, a tuple.</summary>
    public Expression ParseTuple(bool withConditional = true, string? endName = null, bool isParenthesized = false) =>
        Tuple(() => Parse(withConditional), endName, isParenthesized);

    /// <summary>A tuple of primaries: what may stand left of <c>in</c> or <c>=</c>.</summary>
    public Expression ParseTargets(string? endName) => Tuple(primary.ParsePrimary, endName, false);

    /// <summary>Replaces an expression without names by its value.</summary>
    public static Expression Fold(Expression expression)
    {
        if (expression is ConstantExpression || !expression.IsConstant)
        {
            return expression;
        }

        return Constants.TryEvaluate(expression, out var value) && Constants.IsImmutable(value)
            ? new ConstantExpression(value, expression.Span)
            : expression;
    }

    private Expression Tuple(Func<Expression> parse, string? endName, bool isParenthesized)
    {
        var start = tokens.Current.Start;
        var items = new List<Expression>();
        var isTuple = false;
        while (true)
        {
            if (items.Count > 0)
            {
                tokens.Expect(TokenKind.Comma);
            }

            if (AtTupleEnd(endName))
            {
                break;
            }

            items.Add(parse());
            if (!tokens.Is(TokenKind.Comma))
            {
                break;
            }

            isTuple = true;
        }

        if (!isTuple && items.Count > 0)
        {
            return items[0];
        }

        if (items.Count == 0 && !isParenthesized)
        {
            throw tokens.Unexpected("expected an expression");
        }

        return Fold(new SequenceExpression([.. items], true, tokens.From(start)));
    }

    private bool AtTupleEnd(string? endName) =>
        tokens.Current.Kind is TokenKind.VariableEnd or TokenKind.BlockEnd or TokenKind.RightParenthesis
        || (endName is not null && tokens.IsName(endName));

    private Expression Conditional()
    {
        var known = Unknown.Count;
        var then = Or();
        while (tokens.SkipName("if"))
        {
            var test = Or();
            var otherwise = tokens.SkipName("else") ? Parse() : null;
            var span = otherwise is null ? then.Span.To(test.Span) : then.Span.To(otherwise.Span);
            then = Fold(new ConditionalExpression(test, then, otherwise, span));
            Unknown.Forgive(known);
        }

        return then;
    }

    private Expression Or()
    {
        var left = And();
        for (var i = 1; tokens.SkipName("or"); i++)
        {
            left = Guarded(Fold(new LogicalExpression(true, left, And())), i);
        }

        return left;
    }

    private Expression And()
    {
        var left = Not();
        for (var i = 1; tokens.SkipName("and"); i++)
        {
            left = Guarded(Fold(new LogicalExpression(false, left, Not())), i);
        }

        return left;
    }

    private Expression Not()
    {
        if (!tokens.IsName("not"))
        {
            return Compare();
        }

        // A row of 'not' is counted, not nested.
        var starts = new Stack<int>();
        while (tokens.IsName("not"))
        {
            starts.Push(tokens.Next().Start);
        }

        var operand = Compare();
        for (var i = 1; starts.TryPop(out var start); i++)
        {
            operand = Guarded(Fold(new NotExpression(operand, tokens.From(start))), i);
        }

        return operand;
    }

    private Expression Compare()
    {
        var first = Sum();
        List<(CompareOperator, Expression)>? rest = null;
        while (CompareOperatorHere() is { } op)
        {
            rest ??= [];
            rest.Add((op, Sum()));
        }

        return rest is null ? first : Fold(new CompareExpression(first, [.. rest], tokens.From(first.Span.Start)));
    }

    private CompareOperator? CompareOperatorHere()
    {
        CompareOperator? op = tokens.Current.Kind switch
        {
            TokenKind.Equal => CompareOperator.Equal,
            TokenKind.NotEqual => CompareOperator.NotEqual,
            TokenKind.Less => CompareOperator.Less,
            TokenKind.LessOrEqual => CompareOperator.LessOrEqual,
            TokenKind.Greater => CompareOperator.Greater,
            TokenKind.GreaterOrEqual => CompareOperator.GreaterOrEqual,
            TokenKind.Name when tokens.IsName("in") => CompareOperator.In,
            TokenKind.Name when tokens.IsName("not") && tokens.IsName(tokens.Ahead, "in") => CompareOperator.NotIn,
            _ => null,
        };
        if (op is not null)
        {
            tokens.Next();
            if (op == CompareOperator.NotIn)
            {
                tokens.Next();
            }
        }

        return op;
    }

    private Expression Sum()
    {
        var left = Concat();
        for (var i = 1; tokens.Current.Kind is TokenKind.Add or TokenKind.Subtract; i++)
        {
            var op = tokens.Next().Kind == TokenKind.Add ? BinaryOperator.Add : BinaryOperator.Subtract;
            left = Guarded(Fold(new BinaryExpression(op, left, Concat())), i);
        }

        return left;
    }

    private Expression Concat()
    {
        var first = Product();
        if (!tokens.Is(TokenKind.Tilde))
        {
            return first;
        }

        var parts = new List<Expression> { first };
        while (tokens.Skip(TokenKind.Tilde))
        {
            parts.Add(Product());
        }

        return Fold(new ConcatExpression([.. parts], tokens.From(first.Span.Start)));
    }

    private Expression Product()
    {
        var left = Power();
        for (var i = 1; ; i++)
        {
            BinaryOperator op;
            switch (tokens.Current.Kind)
            {
                case TokenKind.Multiply:
                    op = BinaryOperator.Multiply;
                    break;
                case TokenKind.Divide:
                    op = BinaryOperator.Divide;
                    break;
                case TokenKind.FloorDivide:
                    op = BinaryOperator.FloorDivide;
                    break;
                case TokenKind.Modulo:
                    op = BinaryOperator.Modulo;
                    break;
                default:
                    return left;
            }

            tokens.Next();
            left = Guarded(Fold(new BinaryExpression(op, left, Power())), i);
        }
    }

    // Unlike Python's, Jinja's power groups from the left.
    private Expression Power()
    {
        var left = primary.ParseUnary();
        for (var i = 1; tokens.Skip(TokenKind.Power); i++)
        {
            left = Guarded(Fold(new BinaryExpression(BinaryOperator.Power, left, primary.ParseUnary())), i);
        }

        return left;
    }

    internal static Expression Guarded(Expression expression, int level) =>
        level % StackGuard.Interval == 0 && expression is not ConstantExpression
            ? new StackGuard(expression)
            : expression;
}
