using Analytics.Jinja.Evaluating;
using Analytics.Jinja.Values;
using Analytics.Text;

namespace Analytics.Jinja.Tree.Expressions;

/// <summary><c>value is test(arguments)</c> and <c>value is not test</c>.</summary>
internal sealed class TestExpression(
    Expression target,
    BuiltIn test,
    ArgumentList arguments,
    bool negated,
    SourceSpan nameSpan,
    SourceSpan span
) : Expression(span)
{
    public override bool IsConstant { get; } = target.IsConstant && arguments.IsConstant && !test.UsesContext;

    public override object? Evaluate(Frame frame)
    {
        var value = target.Evaluate(frame);
        var args = new CallArguments(
            frame.Context,
            arguments.Positional(frame),
            arguments.Named(frame),
            nameSpan,
            arguments
        );
        try
        {
            return Boxes.Of(Truth.Of(test.Invoke(value, args)) != negated);
        }
        catch (PyError error)
        {
            throw frame.Context.Error(error, nameSpan);
        }
    }
}
