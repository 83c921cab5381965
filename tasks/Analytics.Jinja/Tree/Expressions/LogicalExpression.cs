using Analytics.Jinja.Evaluating;
using Analytics.Jinja.Values;

namespace Analytics.Jinja.Tree.Expressions;

/// <summary><c>and</c> and <c>or</c>: they give one of their operands, not a truth value.</summary>
internal sealed class LogicalExpression(bool isOr, Expression left, Expression right)
    : Expression(left.Span.To(right.Span))
{
    public override bool IsConstant { get; } = left.IsConstant && right.IsConstant;

    public override object? Evaluate(Frame frame)
    {
        var value = left.Evaluate(frame);
        return Truth.Of(value) == isOr ? value : right.Evaluate(frame);
    }

    public override bool IsTrue(Frame frame) => left.IsTrue(frame) == isOr ? isOr : right.IsTrue(frame);
}
