using Analytics.Jinja.Evaluating;
using Analytics.Jinja.Values;
using Analytics.Text;

namespace Analytics.Jinja.Tree.Expressions;

/// <summary><c>a if test else b</c>; without <c>else</c> a false test gives an undefined value.</summary>
internal sealed class ConditionalExpression(Expression test, Expression then, Expression? otherwise, SourceSpan span)
    : Expression(span)
{
    private readonly Undefined missing = Missing(span, captures: false);
    private readonly Undefined captured = Missing(span, captures: true);

    // A constant without 'else' could be undefined, which no text stands for.
    public override bool IsConstant { get; } =
        test.IsConstant && then.IsConstant && otherwise is not null && otherwise.IsConstant;

    public override object? Evaluate(Frame frame)
    {
        if (Truth.Of(test.Evaluate(frame)))
        {
            return then.Evaluate(frame);
        }

        return otherwise is not null ? otherwise.Evaluate(frame)
            : frame.Context.Options.Undefined == UndefinedBehavior.Capture ? captured
            : missing;
    }

    private static Undefined Missing(SourceSpan span, bool captures) =>
        new(
            TemplateErrorKind.UndefinedName,
            null,
            "the inline if-expression evaluated to false and no else section was defined",
            span,
            captures
        );
}
