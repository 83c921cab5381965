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

    public override object? Evaluate(Frame frame) => Boxes.Of(IsTrue(frame));

    public override bool IsTrue(Frame frame)
    {
        var value = target.Evaluate(frame);
        try
        {
            return test.Holds(value, arguments, frame, nameSpan) != negated;
        }
        catch (PyError error)
        {
            throw frame.Context.Error(error, nameSpan);
        }
    }
}
