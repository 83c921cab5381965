using Analytics.Jinja.Evaluating;

namespace Analytics.Jinja.Tree.Expressions;

/// <summary>
/// Checks the stack of the thread. The parser puts one into each run of nested expressions that is long enough to matter,
/// so that the others need no check.
/// </summary>
internal sealed class StackGuard(Expression inner) : Expression(inner.Span)
{
    /// <summary>How many levels may be evaluated between two checks.</summary>
    public const int Interval = 24;

    public override bool IsConstant => inner.IsConstant;

    public override object? Evaluate(Frame frame)
    {
        frame.Context.GuardStack(Span);
        return inner.Evaluate(frame);
    }
}
