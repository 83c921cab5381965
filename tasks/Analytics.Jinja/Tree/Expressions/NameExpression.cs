using Analytics.Jinja.Evaluating;
using Analytics.Jinja.Values;
using Analytics.Text;

namespace Analytics.Jinja.Tree.Expressions;

/// <summary>A name that is read. The parser has found the slots that may hold it; the globals come last.</summary>
internal sealed class NameExpression : Expression
{
    private readonly Undefined missing;
    private readonly Undefined captured;
    private (int Hops, int Slot)[] slots = [];

    public NameExpression(string name, SourceSpan span)
        : base(span)
    {
        Name = name;
        missing = new Undefined(TemplateErrorKind.UndefinedName, name, origin: span);
        captured = new Undefined(TemplateErrorKind.UndefinedName, name, origin: span, captures: true);
    }

    public string Name { get; }

    /// <summary>Called by the parser, from the innermost scope outwards, before the tree is used.</summary>
    public void AddSlot(int hops, int slot) => slots = [.. slots, (hops, slot)];

    public override object? Evaluate(Frame frame)
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

        if (frame.Context.TryResolve(Name, out var global))
        {
            return global;
        }

        return frame.Context.Options.Undefined == UndefinedBehavior.Capture ? captured : missing;
    }
}
