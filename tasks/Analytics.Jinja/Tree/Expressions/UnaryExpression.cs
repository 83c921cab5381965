using Analytics.Jinja.Evaluating;
using Analytics.Jinja.Values;
using Analytics.Text;

namespace Analytics.Jinja.Tree.Expressions;

/// <summary><c>-x</c> and <c>+x</c>.</summary>
internal sealed class UnaryExpression(bool negate, Expression operand, SourceSpan span) : Expression(span)
{
    public override bool IsConstant { get; } = operand.IsConstant;

    public override object? Evaluate(Frame frame)
    {
        var value = operand.Evaluate(frame);
        try
        {
            return Operators.Sign(value, negate);
        }
        catch (PyError error)
        {
            throw frame.Context.Error(error, Span);
        }
    }
}
