namespace Analytics.Jinja.Parsing;

/// <summary>Code that runs in one frame: a template, a macro, a caller or a recursive loop. Counts the frame's slots.</summary>
internal sealed class Unit
{
    public int SlotCount { get; private set; }

    public int NewSlot() => SlotCount++;
}
