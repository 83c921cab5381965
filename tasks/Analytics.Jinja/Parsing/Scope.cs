using Analytics.Jinja.Tree.Expressions;

namespace Analytics.Jinja.Parsing;

/// <summary>
/// The names that a stretch of template defines. A name may be read before or inside the statement that sets it, so the
/// reads are collected and bound when the scope ends; a read that finds its slot unset goes on outside.
/// </summary>
internal sealed class Scope(Scope? outer, Unit unit)
{
    private readonly Dictionary<string, int> slots = new(StringComparer.Ordinal);
    private readonly HashSet<string> always = new(StringComparer.Ordinal);
    private readonly List<(NameExpression Name, int Hops)> reads = [];

    public Scope? Outer => outer;

    public Unit Unit => unit;

    /// <summary>Slots that must be unset before the scope's code runs again.</summary>
    public int[] SlotsToClear => [.. slots.Where(s => !always.Contains(s.Key)).Select(s => s.Value).Order()];

    /// <summary>The slot of a name that is set here.</summary>
    /// <param name="name">The name.</param>
    /// <param name="isAlwaysSet">True when no code of the scope runs before it is set: no read goes on outside.</param>
    public int Declare(string name, bool isAlwaysSet = false)
    {
        if (isAlwaysSet)
        {
            always.Add(name);
        }

        if (!slots.TryGetValue(name, out var slot))
        {
            slot = unit.NewSlot();
            slots.Add(name, slot);
        }

        return slot;
    }

    public bool Declares(string name) => slots.ContainsKey(name);

    public void Read(NameExpression name) => reads.Add((name, 0));

    /// <summary>True when a read of the name is not yet bound by an inner scope.</summary>
    public bool IsRead(string name) => reads.Exists(r => string.Equals(r.Name.Name, name, StringComparison.Ordinal));

    /// <summary>Binds the reads and hands the rest to the scope outside.</summary>
    public void Close()
    {
        foreach (var (name, hops) in reads)
        {
            if (slots.TryGetValue(name.Name, out var slot))
            {
                name.AddSlot(hops, slot);
                if (always.Contains(name.Name))
                {
                    continue;
                }
            }

            outer?.reads.Add((name, ReferenceEquals(outer.Unit, unit) ? hops : hops + 1));
        }
    }
}
