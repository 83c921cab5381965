using Analytics.Jinja.Evaluating;
using Analytics.Jinja.Values;
using Analytics.Text;

namespace Analytics.Jinja.Tree.Expressions;

/// <summary><c>not x</c>.</summary>
internal sealed class NotExpression(Expression operand, SourceSpan span) : Expression(span)
{
    public override bool IsConstant { get; } = operand.IsConstant;

    public override object? Evaluate(Frame frame) => Boxes.Of(!operand.IsTrue(frame));

    public override bool IsTrue(Frame frame) => !operand.IsTrue(frame);
}
