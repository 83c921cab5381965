using Analytics.Jinja.Lexing;
using Analytics.Jinja.Tree;
using Analytics.Jinja.Tree.Statements;
using Analytics.Jinja.Tree.Targets;
using Analytics.Text;

namespace Analytics.Jinja.Parsing;

/// <summary>Parses <c>for</c>.</summary>
internal sealed class LoopParser(StatementParser parser)
{
    private TokenStream Tokens => parser.Tokens;

    public Statement For(int start)
    {
        var target = parser.Targets.Pattern("in");
        target.Refuse("loop", "Cannot assign to the special variable 'loop'");
        Tokens.ExpectName("in");
        var items = parser.Expressions.ParseTuple(withConditional: false, endName: "recursive");

        // A recursive loop runs itself again while it runs: each run needs variables of its own.
        var around = parser.Expressions.Scope;
        var unit = around.Unit;
        if (Tokens.EndsWithName("recursive"))
        {
            unit = new Unit();
        }

        var (test, testTarget) = Test(target, unit);
        var isRecursive = Tokens.SkipName("recursive");
        var span = parser.EndOfTag(start);
        var body = parser.InScope(unit, scope => Body(scope, target, span));
        Statement? otherwise = null;
        if (Tokens.SkipName("else"))
        {
            parser.EndOfTag(start);
            otherwise = parser.InScope(
                around.Unit,
                scope =>
                {
                    var statements = parser.Body(span, ["endfor"]);
                    return ScopedBody.Around(statements, scope.SlotsToClear);
                }
            );
        }

        Tokens.ExpectName("endfor");
        Tokens.Expect(TokenKind.BlockEnd);
        var code = new ForCode(
            items,
            body.Target,
            testTarget,
            test,
            body.Body,
            otherwise,
            body.LoopSlot,
            isRecursive ? unit.SlotCount : -1
        );
        return new ForStatement(code, span);
    }

    private (Expression? Test, Target? Target) Test(TargetPattern target, Unit unit)
    {
        if (!Tokens.SkipName("if"))
        {
            return (null, null);
        }

        return parser.InScope(
            unit,
            scope =>
            {
                var own = target.Declare(scope, isAlwaysSet: true);
                return ((Expression?)parser.Expressions.Parse(), (Target?)own);
            }
        );
    }

    private (Target Target, Statement Body, int LoopSlot) Body(Scope scope, TargetPattern target, SourceSpan span)
    {
        var own = target.Declare(scope, isAlwaysSet: true);
        var statements = parser.InLoop(true, () => parser.Body(span, ["else", "endfor"]));
        var loopSlot = scope.IsRead("loop") ? scope.Declare("loop", isAlwaysSet: true) : -1;
        return (own, ScopedBody.Around(statements, scope.SlotsToClear), loopSlot);
    }
}
