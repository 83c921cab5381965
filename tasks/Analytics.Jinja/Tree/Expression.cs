using Analytics.Jinja.Evaluating;
using Analytics.Jinja.Values;
using Analytics.Text;

namespace Analytics.Jinja.Tree;

/// <summary>An expression that evaluates itself. Immutable after parsing; all state is in the frame.</summary>
internal abstract class Expression(SourceSpan span)
{
    public SourceSpan Span => span;

    /// <summary>True when the value depends on nothing but the expression's own text.</summary>
    public virtual bool IsConstant => false;

    /// <exception cref="TemplateException">With the place of the smallest part that is wrong.</exception>
    public abstract object? Evaluate(Frame frame);

    /// <summary>The truth of the value, for the expressions that know it without making one.</summary>
    public virtual bool IsTrue(Frame frame) => Truth.Of(Evaluate(frame));

    /// <summary>Writes the value to the output.</summary>
    /// <param name="frame">The variables.</param>
    /// <param name="source">What the source map names: the whole expression that is printed.</param>
    public virtual void Print(Frame frame, Expression source) => frame.Context.Print(Evaluate(frame), source.Span);
}
