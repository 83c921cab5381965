using Analytics.Jinja.Evaluating;
using Analytics.Text;

namespace Analytics.Jinja.Tree.Expressions;

/// <summary>Where a <c>filter</c> block or a filtered <c>set</c> block puts its text into the filters.</summary>
internal sealed class PlaceholderExpression(int slot, SourceSpan span) : Expression(span)
{
    public override object? Evaluate(Frame frame) => frame.Slots[slot];
}
