using Analytics.Jinja.Evaluating;
using Analytics.Jinja.Values;
using Analytics.Text;

namespace Analytics.Jinja.Tree.Expressions;

/// <summary><c>value | filter(arguments)</c>.</summary>
internal sealed class FilterExpression(
    Expression target,
    BuiltIn filter,
    ArgumentList arguments,
    SourceSpan nameSpan,
    SourceSpan span
) : Expression(span)
{
    public override bool IsConstant { get; } = target.IsConstant && arguments.IsConstant && !filter.UsesContext;

    public override object? Evaluate(Frame frame)
    {
        var value = target.Evaluate(frame);
        try
        {
            return filter.Apply(value, arguments, frame, nameSpan);
        }
        catch (PyError error)
        {
            throw frame.Context.Error(error, nameSpan);
        }
    }
}
