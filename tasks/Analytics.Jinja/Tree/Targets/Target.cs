using Analytics.Jinja.Evaluating;
using Analytics.Text;

namespace Analytics.Jinja.Tree.Targets;

/// <summary>What a value is assigned to.</summary>
internal abstract class Target(SourceSpan span)
{
    public SourceSpan Span => span;

    public abstract void Assign(object? value, Frame frame);
}
