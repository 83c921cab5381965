using Analytics.Jinja.Evaluating;
using Analytics.Jinja.Tree.Expressions;
using Analytics.Text;

namespace Analytics.Jinja.Tree.Statements;

/// <summary><c>{{ expression }}</c>.</summary>
internal sealed class OutputStatement(Expression expression, SourceSpan span) : Statement(span)
{
    public Expression Expression => expression;

    public override Flow Execute(Frame frame)
    {
        if (expression is CallExpression call)
        {
            return call.Execute(frame, print: true);
        }

        expression.Print(frame, expression);
        return Flow.Next;
    }
}
