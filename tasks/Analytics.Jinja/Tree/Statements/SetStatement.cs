using Analytics.Jinja.Evaluating;
using Analytics.Jinja.Tree.Targets;
using Analytics.Text;

namespace Analytics.Jinja.Tree.Statements;

/// <summary><c>{% set target = value %}</c>.</summary>
internal sealed class SetStatement(Target target, Expression value, SourceSpan span) : Statement(span)
{
    public override Flow Execute(Frame frame)
    {
        target.Assign(value.Evaluate(frame), frame);
        return Flow.Next;
    }
}
