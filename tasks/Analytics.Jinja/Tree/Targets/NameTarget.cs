using Analytics.Jinja.Evaluating;
using Analytics.Text;

namespace Analytics.Jinja.Tree.Targets;

/// <summary>A variable.</summary>
internal sealed class NameTarget(int slot, SourceSpan span) : Target(span)
{
    public int Slot => slot;

    public override void Assign(object? value, Frame frame) => frame.Slots[slot] = value;
}
