using Analytics.Jinja.Evaluating;

namespace Analytics.Jinja.Tree.Expressions;

/// <summary>
/// Checks the stack of the thread. The parser puts one into each run of nested expressions that is long enough to matter,
/// so that the others need no check. Never constant: so long an expression is not worth evaluating twice.
/// </summary>
internal sealed class StackGuard(Expression inner) : Expression(inner.Span)
{
    /// <summary>How many levels may be evaluated between two checks.</summary>
    public const int Interval = 24;

    public override bool IsConstant { get; } = inner.IsConstant;

    public override object? Evaluate(Frame frame)
    {
        frame.Context.GuardStack(Span);
        return inner.Evaluate(frame);
    }
}
