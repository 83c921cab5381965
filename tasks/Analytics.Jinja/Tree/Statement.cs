using Analytics.Jinja.Evaluating;
using Analytics.Text;

namespace Analytics.Jinja.Tree;

/// <summary>A statement that runs itself and writes to the context's output. Immutable after parsing.</summary>
internal abstract class Statement(SourceSpan span)
{
    /// <summary>The tag, or the text.</summary>
    public SourceSpan Span => span;

    public abstract Flow Execute(Frame frame);
}
