using Analytics.Jinja.Evaluating;
using Analytics.Jinja.Values;
using Analytics.Text;

namespace Analytics.Jinja.Tree.Expressions;

/// <summary>A name that is read. The parser has found the slots that may hold it; the globals come last.</summary>
internal sealed class NameExpression(string name, SourceSpan span) : Expression(span)
{
    private (int Hops, int Slot)[] slots = [];

    // The slot when it is one of the frame that reads: nearly always, except for globals.
    private int nearest = -1;

    public string Name => name;

    /// <summary>Called by the parser, from the innermost scope outwards, before the tree is used.</summary>
    public void AddSlot(int hops, int slot)
    {
        if (slots.Length == 0 && hops == 0)
        {
            nearest = slot;
        }

        slots = [.. slots, (hops, slot)];
    }

    public override object? Evaluate(Frame frame)
    {
        if (nearest >= 0)
        {
            var value = frame.Slots[nearest];
            if (!ReferenceEquals(value, Frame.Unset))
            {
                return value;
            }
        }

        return EvaluateOutside(frame);
    }

    public override void Print(Frame frame, Expression source)
    {
        var value = Evaluate(frame);
        if (slots.Length == 0 && value is Undefined)
        {
            frame.Context.UnknownName?.Invoke(Span, name);
        }

        frame.Context.Print(value, source.Span);
    }

    private object? EvaluateOutside(Frame frame)
    {
        foreach (var (hops, slot) in slots)
        {
            var owner = frame;
            for (var i = hops; i > 0; i--)
            {
                owner = owner.Outer!;
            }

            var value = owner.Slots[slot];
            if (!ReferenceEquals(value, Frame.Unset))
            {
                return value;
            }
        }

        return frame.Context.TryResolve(name, out var global)
            ? global
            : new Undefined(
                TemplateErrorKind.UndefinedName,
                name,
                origin: Span,
                captures: frame.Context.Options.Undefined == UndefinedBehavior.Capture
            );
    }
}
