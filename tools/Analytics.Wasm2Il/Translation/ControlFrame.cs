using System.Reflection.Emit;
using Analytics.Wasm2Il.Binary;

namespace Analytics.Wasm2Il.Translation;

internal enum ControlKind
{
    /// <summary>A block, a then, an else or a whole function: a branch goes to its end.</summary>
    Forward,

    /// <summary>A loop: a branch goes to its beginning.</summary>
    Loop,

    /// <summary>A block within code that is never reached; nothing is written for it.</summary>
    Dead,
}

/// <summary>A block that is open while a function is translated.</summary>
internal sealed class ControlFrame(ControlKind kind, Label target, int height, WasmValueType? result)
{
    public ControlKind Kind => kind;

    /// <summary>Where a branch to this block goes.</summary>
    public Label Target => target;

    /// <summary>Number of values on the stack that belong to the code around the block.</summary>
    public int Height => height;

    public WasmValueType? Result => result;

    /// <summary>What a branch to this block carries along.</summary>
    public WasmValueType? BranchValue => kind == ControlKind.Loop ? null : result;

    /// <summary>Where a condition that is false goes; set for an <c>if</c> whose <c>else</c> has not been met.</summary>
    public Label? Otherwise { get; set; }

    /// <summary>Whether a branch goes to the end, so that the code after the block is reached by it.</summary>
    public bool IsTargeted { get; set; }
}
