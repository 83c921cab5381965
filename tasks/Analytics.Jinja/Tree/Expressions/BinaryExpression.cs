using Analytics.Jinja.Evaluating;
using Analytics.Jinja.Values;

namespace Analytics.Jinja.Tree.Expressions;

/// <summary>Arithmetic, and what Python's operators do to texts, lists and sets.</summary>
internal sealed class BinaryExpression(BinaryOperator op, Expression left, Expression right)
    : Expression(left.Span.To(right.Span))
{
    public override bool IsConstant { get; } = left.IsConstant && right.IsConstant;

    public override object? Evaluate(Frame frame)
    {
        var a = left.Evaluate(frame);
        var b = right.Evaluate(frame);
        if (a is long x && b is long y && SmallIntegers.TryApply(op, x, y, out var result))
        {
            return Boxes.Of(result);
        }

        try
        {
            return Operators.Apply(op, a, b, frame.Context);
        }
        catch (PyError error)
        {
            throw frame.Context.Error(error, Span);
        }
    }
}
