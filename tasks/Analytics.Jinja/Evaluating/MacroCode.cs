using Analytics.Jinja.Tree;

namespace Analytics.Jinja.Evaluating;

/// <summary>A macro or the body of a call block, ready to run. Immutable and shared.</summary>
/// <param name="Name">The name that stacks and messages show.</param>
/// <param name="Parameters">The parameters in order.</param>
/// <param name="Body">What it does.</param>
/// <param name="SlotCount">Size of its frame.</param>
/// <param name="CallerSlot">Slot of <c>caller</c>, or -1 when the body does not read it.</param>
/// <param name="NamedSlot">Slot of <c>kwargs</c>, or -1.</param>
/// <param name="PositionalSlot">Slot of <c>varargs</c>, or -1.</param>
/// <param name="IsCaller">True for the body of a call block.</param>
internal sealed record MacroCode(
    string Name,
    ParameterCode[] Parameters,
    Statement Body,
    int SlotCount,
    int CallerSlot,
    int NamedSlot,
    int PositionalSlot,
    bool IsCaller
)
{
    /// <summary>True when <c>caller</c>, <c>varargs</c> or <c>kwargs</c> have to be bound.</summary>
    public bool HasSpecials => CallerSlot >= 0 || NamedSlot >= 0 || PositionalSlot >= 0;

    /// <summary>True when <c>caller</c> is written among the parameters.</summary>
    public bool HasExplicitCaller { get; } =
        Array.Exists(Parameters, p => string.Equals(p.Name, "caller", StringComparison.Ordinal));
}
