using Analytics.Jinja.Evaluating;
using Analytics.Text;

namespace Analytics.Jinja.Tree;

/// <summary>An expression that evaluates itself. Immutable after parsing; all state is in the frame.</summary>
internal abstract class Expression(SourceSpan span) : ITextSource
{
    public SourceSpan Span => span;

    public virtual bool IsLiteral => false;

    /// <summary>True when the value depends on nothing but the expression's own text.</summary>
    public virtual bool IsConstant => false;

    /// <exception cref="TemplateException">With the place of the smallest part that is wrong.</exception>
    public abstract object? Evaluate(Frame frame);
}
