using Analytics.Jinja.Evaluating;
using Analytics.Text;

namespace Analytics.Jinja.Tree.Statements;

/// <summary>
/// A body with a scope of its own inside a frame: what it set the last time is unset before it runs again.
/// </summary>
internal sealed class ScopedBody(Statement body, int[] ownSlots, SourceSpan span) : Statement(span)
{
    public override Flow Execute(Frame frame)
    {
        foreach (var slot in ownSlots)
        {
            frame.Slots[slot] = Frame.Unset;
        }

        return body.Execute(frame);
    }
}
