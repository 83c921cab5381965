using Analytics.Jinja.Evaluating;
using Analytics.Text;

namespace Analytics.Jinja.Tree.Expressions;

/// <summary>A number, a text, <c>true</c>, <c>false</c>, <c>none</c>, or what a constant expression came to.</summary>
internal sealed class ConstantExpression(object? value, SourceSpan span) : Expression(span)
{
    public object? Value => value;

    public override bool IsConstant => true;

    public override object? Evaluate(Frame frame) => value;
}
