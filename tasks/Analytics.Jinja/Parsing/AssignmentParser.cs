using Analytics.Jinja.Lexing;
using Analytics.Jinja.Tree;
using Analytics.Jinja.Tree.Expressions;
using Analytics.Jinja.Tree.Statements;
using Analytics.Jinja.Tree.Targets;

namespace Analytics.Jinja.Parsing;

/// <summary>Parses <c>set</c>, <c>with</c> and <c>filter</c>.</summary>
internal sealed class AssignmentParser(StatementParser parser)
{
    private TokenStream Tokens => parser.Tokens;

    private Scope Scope => parser.Expressions.Scope;

    public Statement Set(int start)
    {
        var target =
            Tokens.Is(TokenKind.Name) && Tokens.Ahead.Kind == TokenKind.Dot
                ? parser.Targets.Namespace()
                : parser.Targets.Pattern(null).Declare(Scope, isAlwaysSet: false);
        if (Tokens.Skip(TokenKind.Assign))
        {
            var value = parser.Expressions.ParseTuple();
            return new SetStatement(target, value, parser.EndOfTag(start));
        }

        var filters = Chain(startsWithName: false, start, out var slot);
        return Capture(start, slot, filters, target, "endset");
    }

    public Statement Filter(int start)
    {
        var filters = Chain(startsWithName: true, start, out var slot);
        return Capture(start, slot, filters, null, "endfilter");
    }

    public Statement With(int start)
    {
        var variables = new List<(TargetPattern Target, Expression Value)>();
        while (!Tokens.Is(TokenKind.BlockEnd))
        {
            if (variables.Count > 0)
            {
                Tokens.Expect(TokenKind.Comma);
            }

            var target = parser.Targets.Pattern(null);
            Tokens.Expect(TokenKind.Assign);
            variables.Add((target, parser.Expressions.Parse()));
        }

        var span = parser.EndOfTag(start);
        return parser.InScope(
            Scope.Unit,
            scope =>
            {
                var targets = variables.ConvertAll(v => (v.Target.Declare(scope, isAlwaysSet: true), v.Value));
                var body = parser.ClosedBody(span, "endwith");
                return new WithStatement([.. targets], ScopedBody.Around(body, scope.SlotsToClear), span);
            }
        );
    }

    private CaptureStatement Capture(int start, int slot, Expression? filters, Target? target, string end)
    {
        var span = parser.EndOfTag(start);
        return parser.InScope(
            Scope.Unit,
            scope =>
            {
                var body = parser.ClosedBody(span, end);
                return new CaptureStatement(ScopedBody.Around(body, scope.SlotsToClear), slot, filters, target, span);
            }
        );
    }

    // The filters of 'filter a|b' or of 'set x|a|b', around a slot that will hold the text.
    private Expression? Chain(bool startsWithName, int start, out int slot)
    {
        slot = -1;
        if (!startsWithName && !Tokens.Is(TokenKind.Pipe))
        {
            return null;
        }

        slot = Scope.Unit.NewSlot();
        Expression chain = new PlaceholderExpression(slot, Tokens.From(start));
        if (startsWithName)
        {
            chain = parser.Expressions.Primary.Filter(chain);
        }

        while (Tokens.Skip(TokenKind.Pipe))
        {
            chain = parser.Expressions.Primary.Filter(chain);
        }

        return chain;
    }
}
