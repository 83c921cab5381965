using Analytics.Jinja.Evaluating;

namespace Analytics.Jinja.Tree.Statements;

/// <summary>
/// A body with a scope of its own inside a frame: what it set the last time is unset before it runs again.
/// </summary>
internal sealed class ScopedBody : Statement
{
    private readonly Statement body;
    private readonly int[] ownSlots;

    private ScopedBody(Statement body, int[] ownSlots)
        : base(body.Span)
    {
        this.body = body;
        this.ownSlots = ownSlots;
    }

    /// <summary>The body itself when it sets nothing.</summary>
    public static Statement Around(Statement body, int[] ownSlots) =>
        ownSlots.Length == 0 ? body : new ScopedBody(body, ownSlots);

    public override Flow Execute(Frame frame)
    {
        foreach (var slot in ownSlots)
        {
            frame.Slots[slot] = Frame.Unset;
        }

        return body.Execute(frame);
    }
}
