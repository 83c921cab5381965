using Analytics.Jinja.Evaluating;
using Analytics.Jinja.Values;
using Analytics.Text;

namespace Analytics.Jinja.Tree.Expressions;

/// <summary><c>a if test else b</c>; without <c>else</c> a false test gives an undefined value.</summary>
internal sealed class ConditionalExpression(Expression test, Expression then, Expression? otherwise, SourceSpan span)
    : Expression(span)
{
    // A constant without 'else' could be undefined, which no text stands for.
    public override bool IsConstant { get; } =
        test.IsConstant && then.IsConstant && otherwise is not null && otherwise.IsConstant;

    public override object? Evaluate(Frame frame) =>
        test.IsTrue(frame) ? then.Evaluate(frame)
        : otherwise is not null ? otherwise.Evaluate(frame)
        : Missing(frame);

    public override void Print(Frame frame, Expression source)
    {
        if (test.IsTrue(frame))
        {
            then.Print(frame, source);
        }
        else if (otherwise is not null)
        {
            otherwise.Print(frame, source);
        }
        else
        {
            frame.Context.Print(frame.Context.IsNative ? Missing(frame) : "", source.Span);
        }
    }

    private Undefined Missing(Frame frame) =>
        new(
            TemplateErrorKind.UndefinedName,
            null,
            "the inline if-expression evaluated to false and no else section was defined",
            Span,
            frame.Context.Options.Undefined == UndefinedBehavior.Capture
        );
}
