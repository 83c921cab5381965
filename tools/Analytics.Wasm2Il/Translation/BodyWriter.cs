using System.Reflection.Emit;
using Analytics.Wasm2Il.Binary;

namespace Analytics.Wasm2Il.Translation;

/// <summary>
/// One method body under construction: the instructions written so far and the types that lie on the evaluation stack.
/// Both machines are stack machines, so most instructions go over one by one.
/// </summary>
internal sealed class BodyWriter(OutputModule output, ILGenerator il, int stateArgument)
{
    private readonly Dictionary<WasmValueType, Stack<LocalBuilder>> freeTemporaries = [];

    public OutputModule Output => output;

    public FrameworkTypes Framework => output.Framework;

    public ILGenerator IL => il;

    public List<WasmValueType> Stack { get; } = [];

    /// <summary>A local that holds the address of the memory; null in a body that does not touch the memory.</summary>
    public LocalBuilder? MemoryBase { get; set; }

    public void LoadState() => il.Emit(OpCodes.Ldarg, (short)stateArgument);

    public void Push(WasmValueType type) => Stack.Add(type);

    public WasmValueType Pop()
    {
        var type = Stack[^1];
        Stack.RemoveAt(Stack.Count - 1);
        return type;
    }

    public void Pop(int count) => Stack.RemoveRange(Stack.Count - count, count);

    /// <summary>Lends a local; give it back with <see cref="Return"/> once its value has been read.</summary>
    public LocalBuilder Borrow(WasmValueType type) =>
        freeTemporaries.TryGetValue(type, out var free) && free.Count > 0
            ? free.Pop()
            : il.DeclareLocal(Framework.Of(type));

    public void Return(LocalBuilder local, WasmValueType type)
    {
        if (!freeTemporaries.TryGetValue(type, out var free))
        {
            freeTemporaries[type] = free = new Stack<LocalBuilder>();
        }

        free.Push(local);
    }
}
