using Analytics.Jinja.Evaluating;
using Analytics.Jinja.Values;
using Analytics.Text;

namespace Analytics.Jinja.Tree.Expressions;

/// <summary><c>a &lt; b &lt;= c</c>: each operand is evaluated once, the chain stops at the first false.</summary>
internal sealed class CompareExpression(
    Expression first,
    (CompareOperator Operator, Expression Operand)[] rest,
    SourceSpan span
) : Expression(span)
{
    public override bool IsConstant { get; } = first.IsConstant && Array.TrueForAll(rest, r => r.Operand.IsConstant);

    public override object? Evaluate(Frame frame) => Boxes.Of(IsTrue(frame));

    public override bool IsTrue(Frame frame)
    {
        var left = first.Evaluate(frame);
        foreach (var (op, operand) in rest)
        {
            var right = operand.Evaluate(frame);
            if (!Holds(op, left, right, frame))
            {
                return false;
            }

            left = right;
        }

        return true;
    }

    private bool Holds(CompareOperator op, object? left, object? right, Frame frame)
    {
        if (left is string text && right is string other && op <= CompareOperator.NotEqual)
        {
            return string.Equals(text, other) == (op == CompareOperator.Equal);
        }

        if (left is long number && right is long otherNumber && op <= CompareOperator.GreaterOrEqual)
        {
            return op switch
            {
                CompareOperator.Equal => number == otherNumber,
                CompareOperator.NotEqual => number != otherNumber,
                CompareOperator.Less => number < otherNumber,
                CompareOperator.LessOrEqual => number <= otherNumber,
                CompareOperator.Greater => number > otherNumber,
                _ => number >= otherNumber,
            };
        }

        try
        {
            return Operators.Compare(op, left, right);
        }
        catch (PyError error)
        {
            throw frame.Context.Error(error, Span);
        }
    }
}
