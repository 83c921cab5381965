using Analytics.Jinja.Evaluating;
using Analytics.Jinja.Tree.Expressions;
using Analytics.Text;

namespace Analytics.Jinja.Tree.Statements;

/// <summary><c>{% do expression %}</c>: the value is dropped.</summary>
internal sealed class DoStatement(Expression expression, SourceSpan span) : Statement(span)
{
    public override Flow Execute(Frame frame)
    {
        if (expression is CallExpression call)
        {
            return call.Execute(frame, print: false);
        }

        expression.Evaluate(frame);
        return Flow.Next;
    }
}
