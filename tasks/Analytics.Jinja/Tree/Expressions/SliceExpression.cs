using Analytics.Jinja.Evaluating;
using Analytics.Jinja.Values;
using Analytics.Text;

namespace Analytics.Jinja.Tree.Expressions;

/// <summary><c>start:stop:step</c> between brackets.</summary>
internal sealed class SliceExpression(Expression? start, Expression? stop, Expression? step, SourceSpan span)
    : Expression(span)
{
    public override bool IsConstant { get; } =
        start?.IsConstant != false && stop?.IsConstant != false && step?.IsConstant != false;

    public override object? Evaluate(Frame frame) =>
        new PySlice(start?.Evaluate(frame), stop?.Evaluate(frame), step?.Evaluate(frame));
}
