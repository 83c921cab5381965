using Analytics.Jinja.Evaluating;
using Analytics.Text;

namespace Analytics.Jinja.Tree.Statements;

/// <summary><c>{% break %}</c> or <c>{% continue %}</c>.</summary>
internal sealed class LoopControl(Flow flow, SourceSpan span) : Statement(span)
{
    public override Flow Execute(Frame frame) => flow;
}
