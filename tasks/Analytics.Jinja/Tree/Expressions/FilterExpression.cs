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

    public override object? Evaluate(Frame frame) => Apply(target.Evaluate(frame), frame);

    private object? Apply(object? value, Frame frame)
    {
        if (ReferenceEquals(arguments, ArgumentList.Empty))
        {
            try
            {
                return filter.Invoke(value, frame.Context, nameSpan);
            }
            catch (PyError error)
            {
                throw frame.Context.Error(error, nameSpan);
            }
        }

        var args = new CallArguments(
            frame.Context,
            arguments.Positional(frame),
            arguments.Named(frame),
            nameSpan,
            arguments
        );
        try
        {
            return filter.Invoke(value, args);
        }
        catch (PyError error)
        {
            throw frame.Context.Error(error, nameSpan);
        }
    }
}
