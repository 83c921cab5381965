using System.Reflection.Emit;
using Analytics.Wasm2Il.Binary;

namespace Analytics.Wasm2Il.Translation;

/// <summary>
/// The blocks of one function and the branches between them. Blocks become labels; code that no branch reaches is left
/// out, since nothing is known of the stack there.
/// </summary>
internal sealed class ControlInstructions
{
    private readonly BodyWriter body;
    private readonly WasmCursor cursor;
    private readonly ILGenerator il;
    private readonly List<ControlFrame> frames = [];
    private bool reachable = true;

    /// <summary>Opens the function itself, which is a block with the function's result.</summary>
    public ControlInstructions(BodyWriter body, WasmCursor cursor, WasmValueType? result)
    {
        this.body = body;
        this.cursor = cursor;
        il = body.IL;
        frames.Add(new ControlFrame(ControlKind.Forward, il.DefineLabel(), 0, result));
    }

    /// <summary>Whether the end of the function has not been met.</summary>
    public bool IsOpen => frames.Count > 0;

    /// <summary>Whether the next instruction can be reached.</summary>
    public bool IsReachable => reachable;

    /// <summary>Translates an instruction when it is one of control; others and unreachable branches are left alone.</summary>
    public bool TryTranslate(byte opcode)
    {
        switch (opcode)
        {
            case 0x02 or 0x03 or 0x04:
                Open(opcode);
                return true;
            case 0x05:
                Else();
                return true;
            case 0x0B:
                End();
                return true;
            case 0x0C when reachable:
                Branch(cursor.UnsignedInt());
                reachable = false;
                return true;
            case 0x0D when reachable:
                BranchIf(cursor.UnsignedInt());
                return true;
            case 0x0E when reachable:
                BranchTable();
                reachable = false;
                return true;
            case 0x0F when reachable:
                Branch(frames.Count - 1);
                reachable = false;
                return true;
            case 0x00 when reachable:
                EmitTrap();
                reachable = false;
                return true;
            default:
                return false;
        }
    }

    private void Open(byte opcode)
    {
        var result = Immediates.BlockResult(cursor);
        var target = il.DefineLabel();
        if (!reachable)
        {
            frames.Add(new ControlFrame(ControlKind.Dead, target, body.Stack.Count, result));
            return;
        }

        Label? otherwise = null;
        if (opcode == 0x04)
        {
            body.Pop();
            otherwise = il.DefineLabel();
            il.Emit(OpCodes.Brfalse, otherwise.Value);
        }
        else if (opcode == 0x03)
        {
            il.MarkLabel(target);
        }

        var kind = opcode == 0x03 ? ControlKind.Loop : ControlKind.Forward;
        frames.Add(new ControlFrame(kind, target, body.Stack.Count, result) { Otherwise = otherwise });
    }

    private void Else()
    {
        var frame = frames[^1];
        if (frame.Kind == ControlKind.Dead)
        {
            return;
        }

        if (reachable)
        {
            Branch(0);
        }

        il.MarkLabel(frame.Otherwise!.Value);
        frame.Otherwise = null;
        body.Stack.RemoveRange(frame.Height, body.Stack.Count - frame.Height);
        reachable = true;
    }

    private void End()
    {
        var frame = frames[^1];
        frames.RemoveAt(frames.Count - 1);
        if (frame.Kind == ControlKind.Dead)
        {
            return;
        }

        if (frame.Otherwise is { } otherwise)
        {
            // An "if" without "else" has no result: a false condition goes on after it.
            il.MarkLabel(otherwise);
            reachable = true;
        }

        if (frame.Kind == ControlKind.Forward)
        {
            il.MarkLabel(frame.Target);
            reachable |= frame.IsTargeted;
        }

        body.Stack.RemoveRange(frame.Height, body.Stack.Count - frame.Height);
        if (frame.Result is { } result)
        {
            body.Push(result);
        }

        if (frames.Count == 0 && reachable)
        {
            il.Emit(OpCodes.Ret);
        }
    }

    private void Branch(int depth)
    {
        var frame = frames[^(depth + 1)];
        frame.IsTargeted = true;
        DropUnderneath(frame);
        il.Emit(OpCodes.Br, frame.Target);
    }

    private void BranchIf(int depth)
    {
        var frame = frames[^(depth + 1)];
        body.Pop();
        if (Surplus(frame) == 0)
        {
            frame.IsTargeted = true;
            il.Emit(OpCodes.Brtrue, frame.Target);
            return;
        }

        var stay = il.DefineLabel();
        il.Emit(OpCodes.Brfalse, stay);
        Branch(depth);
        il.MarkLabel(stay);
    }

    private void BranchTable()
    {
        var depths = new int[cursor.UnsignedInt() + 1];
        for (var i = 0; i < depths.Length; i++)
        {
            depths[i] = cursor.UnsignedInt();
        }

        body.Pop();
        var landings = new Dictionary<int, Label>();
        foreach (var depth in depths.Distinct())
        {
            var frame = frames[^(depth + 1)];
            frame.IsTargeted = true;
            landings[depth] = Surplus(frame) == 0 ? frame.Target : il.DefineLabel();
        }

        il.Emit(OpCodes.Switch, [.. depths[..^1].Select(depth => landings[depth])]);
        il.Emit(OpCodes.Br, landings[depths[^1]]);
        foreach (var (depth, landing) in landings.Where(pair => Surplus(frames[^(pair.Key + 1)]) != 0))
        {
            il.MarkLabel(landing);
            Branch(depth);
        }
    }

    private int Surplus(ControlFrame frame) => body.Stack.Count - frame.Height - (frame.BranchValue is null ? 0 : 1);

    // A branch leaves behind what lies between the values of the target and the value that it carries.
    private void DropUnderneath(ControlFrame frame)
    {
        var surplus = Surplus(frame);
        if (surplus == 0)
        {
            return;
        }

        LocalBuilder? carried = null;
        if (frame.BranchValue is { } type)
        {
            carried = body.Borrow(type);
            il.Emit(OpCodes.Stloc, carried);
        }

        for (var i = 0; i < surplus; i++)
        {
            il.Emit(OpCodes.Pop);
        }

        if (carried is not null)
        {
            il.Emit(OpCodes.Ldloc, carried);
            body.Return(carried, frame.BranchValue!.Value);
        }
    }

    private void EmitTrap()
    {
        body.LoadState();
        il.Emit(OpCodes.Callvirt, body.Output.Trap);
        il.Emit(OpCodes.Ldnull);
        il.Emit(OpCodes.Throw);
    }
}
