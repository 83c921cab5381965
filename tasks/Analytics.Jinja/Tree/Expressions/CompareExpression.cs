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

    public override object? Evaluate(Frame frame)
    {
        var left = first.Evaluate(frame);
        foreach (var (op, operand) in rest)
        {
            var right = operand.Evaluate(frame);
            try
            {
                if (!Operators.Compare(op, left, right))
                {
                    return Boxes.False;
                }
            }
            catch (PyError error)
            {
                throw frame.Context.Error(error, Span);
            }

            left = right;
        }

        return Boxes.True;
    }
}
