using Analytics.Jinja.Evaluating;
using Analytics.Jinja.Lexing;
using Analytics.Jinja.Tree;
using Analytics.Jinja.Tree.Expressions;
using Analytics.Jinja.Tree.Statements;
using Analytics.Text;

namespace Analytics.Jinja.Parsing;

/// <summary>Parses <c>macro</c> and <c>call</c>.</summary>
internal sealed class MacroParser(StatementParser parser)
{
    private TokenStream Tokens => parser.Tokens;

    public Statement Macro(int start)
    {
        var name = Tokens.Text(parser.Targets.Name()).ToString();
        var slot = parser.Expressions.Scope.Declare(name);
        var code = Code(name, start, "endmacro", isCaller: false, null, out var span);
        return new MacroStatement(code, slot, span);
    }

    public Statement Call(int start)
    {
        CallExpression? call = null;
        var hasParameters = Tokens.Is(TokenKind.LeftParenthesis);
        var code = Code(
            "caller",
            start,
            "endcall",
            isCaller: true,
            () =>
            {
                // The call itself is evaluated around the block, not inside it.
                var inner = parser.Expressions.Scope;
                parser.Expressions.Scope = inner.Outer!;
                var at = Tokens.Current;
                call =
                    parser.Expressions.Parse() as CallExpression
                    ?? throw SyntaxError.At(Tokens.From(at.Start), "A call block needs a call: '{% call name(…) %}'");
                parser.Expressions.Scope = inner;
            },
            out var span,
            hasParameters
        );
        return new CallBlockStatement(call!, code, span);
    }

    /// <summary>Parameters, end of the tag, body and end tag.</summary>
    /// <param name="name">The macro's name.</param>
    /// <param name="start">Offset of the opening tag.</param>
    /// <param name="end">Name of the end tag.</param>
    /// <param name="isCaller">True for a call block.</param>
    /// <param name="beforeTagEnd">Parses what stands between the parameters and the end of the tag.</param>
    /// <param name="span">The opening tag.</param>
    /// <param name="hasParameters">False when there are no parentheses.</param>
    /// <param name="found">Receives the parameters as written.</param>
    public MacroCode Code(
        string name,
        int start,
        string end,
        bool isCaller,
        Action? beforeTagEnd,
        out SourceSpan span,
        bool hasParameters = true,
        List<MacroParameter>? found = null
    )
    {
        var unit = new Unit();
        SourceSpan opening = default;
        var code = parser.InScope(
            unit,
            scope =>
            {
                var parameters = hasParameters ? Parameters(scope, found) : [];
                beforeTagEnd?.Invoke();
                opening = parser.EndOfTag(start);
                var body = parser.InLoop(false, () => parser.ClosedBody(opening, end));
                CheckCaller(parameters, scope, opening);
                return new MacroCode(
                    name,
                    parameters,
                    body,
                    0,
                    Special(scope, "caller"),
                    Special(scope, "kwargs"),
                    Special(scope, "varargs"),
                    isCaller
                );
            }
        );
        span = opening;
        return code with { SlotCount = unit.SlotCount };
    }

    // Jinja binds these names only in macros that read them; a macro that does not is stricter about its arguments.
    private static int Special(Scope scope, string name) =>
        scope.IsRead(name) && !scope.Declares(name) ? scope.Declare(name, isAlwaysSet: true) : -1;

    private static void CheckCaller(ParameterCode[] parameters, Scope scope, SourceSpan opening)
    {
        if (Array.Exists(parameters, p => p.Name == "caller" && p.Default is null) && scope.IsRead("caller"))
        {
            throw SyntaxError.At(opening, "The special parameter 'caller' must be omitted or be given a default");
        }
    }

    private ParameterCode[] Parameters(Scope scope, List<MacroParameter>? found)
    {
        var parameters = new List<ParameterCode>();
        Tokens.Expect(TokenKind.LeftParenthesis);
        while (!Tokens.Is(TokenKind.RightParenthesis))
        {
            if (parameters.Count > 0)
            {
                Tokens.Expect(TokenKind.Comma);
            }

            var token = parser.Targets.Name();
            var name = Tokens.Text(token).ToString();
            if (scope.Declares(name))
            {
                throw SyntaxError.At(Tokens.Span(token), $"The parameter '{name}' is repeated", name);
            }

            var type = Tokens.Skip(TokenKind.Colon) ? TypeText() : null;
            Expression? value = null;
            var slot = scope.Declare(name, isAlwaysSet: true);
            if (Tokens.Skip(TokenKind.Assign))
            {
                value = parser.Expressions.Parse();
            }
            else if (parameters.Exists(p => p.Default is not null))
            {
                throw SyntaxError.At(
                    Tokens.Span(token),
                    "A parameter without a default follows one with a default",
                    name
                );
            }

            parameters.Add(new ParameterCode(name, slot, value));
            found?.Add(new MacroParameter(name, Tokens.Span(token), type, value?.Span));
        }

        Tokens.Expect(TokenKind.RightParenthesis);
        return [.. parameters];
    }

    // 'string', 'list[string]', 'dict[string, list[any]]': kept as text, checked by nobody here.
    private string TypeText()
    {
        var start = Tokens.Expect(TokenKind.Name).Start;
        var open = 0;
        while (
            open > 0
            || Tokens.Current.Kind is TokenKind.LeftBracket or TokenKind.Dot or TokenKind.Pipe
            || Tokens.Previous.Kind is TokenKind.Dot or TokenKind.Pipe
        )
        {
            var token = Tokens.Current;
            if (
                token.Kind
                is not (
                    TokenKind.LeftBracket
                    or TokenKind.RightBracket
                    or TokenKind.Name
                    or TokenKind.Comma
                    or TokenKind.Dot
                    or TokenKind.Pipe
                )
            )
            {
                throw Tokens.Unexpected("expected a type");
            }

            open +=
                token.Kind == TokenKind.LeftBracket ? 1
                : token.Kind == TokenKind.RightBracket ? -1
                : 0;
            Tokens.Next();
        }

        return Tokens.From(start).Text;
    }
}
