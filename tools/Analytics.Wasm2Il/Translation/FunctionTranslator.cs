using System.Reflection.Emit;
using Analytics.Wasm2Il.Binary;
using static Analytics.Wasm2Il.Binary.WasmValueType;

namespace Analytics.Wasm2Il.Translation;

/// <summary>Writes the body of one function.</summary>
internal sealed class FunctionTranslator
{
    private readonly OutputModule output;
    private readonly WasmFunction function;
    private readonly WasmCursor cursor;
    private readonly BodyWriter body;
    private readonly ILGenerator il;
    private readonly List<ControlFrame> frames = [];
    private readonly LocalBuilder[] locals;
    private readonly int parameters;
    private bool reachable = true;

    private FunctionTranslator(OutputModule output, byte[] bytes, WasmFunction function, MethodBuilder method)
    {
        this.output = output;
        this.function = function;
        cursor = new WasmCursor(bytes, function.Code);
        il = method.GetILGenerator();
        parameters = function.Type.Parameters.Length;
        body = new BodyWriter(output, il, parameters);
        locals = [.. function.Locals.Select(type => il.DeclareLocal(output.Framework.Of(type)))];
    }

    public static void Translate(OutputModule output, byte[] bytes, WasmFunction function, MethodBuilder method) =>
        new FunctionTranslator(output, bytes, function, method).Translate();

    private void Translate()
    {
        EmitStackCheck();
        body.MemoryBase = il.DeclareLocal(output.Framework.BytePointer);
        body.LoadState();
        il.Emit(OpCodes.Ldfld, output.Memory);
        il.Emit(OpCodes.Stloc, body.MemoryBase);
        frames.Add(new ControlFrame(ControlKind.Forward, il.DefineLabel(), 0, function.Type.Result));
        while (frames.Count > 0)
        {
            var opcode = cursor.Byte();
            if (!TranslateControl(opcode))
            {
                if (reachable)
                {
                    TranslatePlain(opcode);
                }
                else
                {
                    Immediates.Skip(opcode, cursor);
                }
            }
        }

        if (cursor.Position != function.CodeEnd)
        {
            throw new InvalidDataException("A function does not end where its code ends.");
        }
    }

    // The address of a local tells how deep the thread's stack is; a stack that overflows would end the process.
    private void EmitStackCheck()
    {
        var marker = il.DeclareLocal(output.Framework.Int32);
        var enough = il.DefineLabel();
        il.Emit(OpCodes.Ldloca, marker);
        il.Emit(OpCodes.Conv_U);
        body.LoadState();
        il.Emit(OpCodes.Ldfld, output.StackLimit);
        il.Emit(OpCodes.Bge_Un, enough);
        body.LoadState();
        il.Emit(OpCodes.Callvirt, output.StackExhausted);
        il.MarkLabel(enough);
    }

    private bool TranslateControl(byte opcode)
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

    private void TranslatePlain(byte opcode)
    {
        switch (opcode)
        {
            case 0x01: // nop
                break;
            case 0x10:
                Call(cursor.UnsignedInt());
                break;
            case 0x11:
                CallIndirect(output.Source.Types[cursor.UnsignedInt()]);
                cursor.Byte();
                break;
            case 0x1A:
                il.Emit(OpCodes.Pop);
                body.Pop();
                break;
            case 0x1B:
                Select();
                break;
            case 0x20 or 0x21 or 0x22:
                TranslateLocal(opcode, cursor.UnsignedInt());
                break;
            case 0x23 or 0x24:
                TranslateGlobal(opcode, cursor.UnsignedInt());
                break;
            case >= MemoryInstructions.FirstLoad and <= MemoryInstructions.Grow:
                TranslateMemory(opcode);
                break;
            case 0x41:
                il.Emit(OpCodes.Ldc_I4, (int)cursor.Signed());
                body.Push(I32);
                break;
            case 0x42:
                il.Emit(OpCodes.Ldc_I8, cursor.Signed());
                body.Push(I64);
                break;
            case 0x43:
                il.Emit(OpCodes.Ldc_R4, BitConverter.UInt32BitsToSingle(cursor.Fixed32()));
                body.Push(F32);
                break;
            case 0x44:
                il.Emit(OpCodes.Ldc_R8, BitConverter.UInt64BitsToDouble(cursor.Fixed64()));
                body.Push(F64);
                break;
            case 0xFC:
                TranslatePrefixed(cursor.UnsignedInt());
                break;
            default:
                if (!NumericInstructions.TryEmit(opcode, body))
                {
                    throw new InvalidDataException($"Opcode 0x{opcode:x2} is not supported.");
                }

                break;
        }
    }

    private void TranslateMemory(byte opcode)
    {
        switch (opcode)
        {
            case MemoryInstructions.Size:
                cursor.Byte();
                MemoryInstructions.EmitSize(body);
                break;
            case MemoryInstructions.Grow:
                cursor.Byte();
                MemoryInstructions.EmitGrow(body);
                break;
            case >= MemoryInstructions.FirstStore:
                MemoryInstructions.EmitStore(opcode, cursor.UnsignedInt(), cursor.UnsignedBits(), body);
                break;
            default:
                MemoryInstructions.EmitLoad(opcode, cursor.UnsignedInt(), cursor.UnsignedBits(), body);
                break;
        }
    }

    private void TranslatePrefixed(int opcode)
    {
        switch (opcode)
        {
            case < 8:
                NumericInstructions.EmitSaturating(opcode, body);
                break;
            case 10:
                cursor.Byte();
                cursor.Byte();
                MemoryInstructions.EmitCopy(body);
                break;
            case 11:
                cursor.Byte();
                MemoryInstructions.EmitFill(body);
                break;
            default:
                throw new InvalidDataException($"Opcode 0xfc {opcode} is not supported.");
        }
    }

    private void Call(int index)
    {
        var type = output.Source.TypeOf(index);
        if (index < output.Imports.Length)
        {
            // The host's methods are methods of the state, which has to lie below the arguments.
            var arguments = new LocalBuilder[type.Parameters.Length];
            for (var i = arguments.Length - 1; i >= 0; i--)
            {
                arguments[i] = body.Borrow(type.Parameters[i]);
                il.Emit(OpCodes.Stloc, arguments[i]);
            }

            body.LoadState();
            for (var i = 0; i < arguments.Length; i++)
            {
                il.Emit(OpCodes.Ldloc, arguments[i]);
                body.Return(arguments[i], type.Parameters[i]);
            }

            il.Emit(OpCodes.Callvirt, output.Imports[index]);
        }
        else
        {
            body.LoadState();
            il.Emit(OpCodes.Call, output.Bodies[index - output.Imports.Length]);
        }

        Exchange(type);
    }

    private void CallIndirect(WasmFunctionType type)
    {
        body.Pop();
        body.LoadState();
        il.Emit(OpCodes.Call, output.IndirectCalls[type.Letters]);
        Exchange(type);
    }

    private void Exchange(WasmFunctionType type)
    {
        body.Pop(type.Parameters.Length);
        if (type.Result is { } result)
        {
            body.Push(result);
        }
    }

    private void Select()
    {
        var first = il.DefineLabel();
        var end = il.DefineLabel();
        body.Pop();
        var type = body.Pop();
        var second = body.Borrow(type);
        il.Emit(OpCodes.Brtrue, first);
        il.Emit(OpCodes.Stloc, second);
        il.Emit(OpCodes.Pop);
        il.Emit(OpCodes.Ldloc, second);
        il.Emit(OpCodes.Br, end);
        il.MarkLabel(first);
        il.Emit(OpCodes.Pop);
        il.MarkLabel(end);
        body.Return(second, type);
    }

    private void TranslateLocal(byte opcode, int index)
    {
        if (opcode == 0x20)
        {
            body.Push(index < parameters ? function.Type.Parameters[index] : function.Locals[index - parameters]);
        }
        else if (opcode == 0x21)
        {
            body.Pop();
        }
        else
        {
            il.Emit(OpCodes.Dup);
        }

        if (index < parameters)
        {
            il.Emit(opcode == 0x20 ? OpCodes.Ldarg : OpCodes.Starg, (short)index);
        }
        else
        {
            il.Emit(opcode == 0x20 ? OpCodes.Ldloc : OpCodes.Stloc, locals[index - parameters]);
        }
    }

    private void TranslateGlobal(byte opcode, int index)
    {
        var field = output.Globals[index];
        var type = output.Source.Globals[index].Type;
        if (opcode == 0x23)
        {
            body.LoadState();
            il.Emit(OpCodes.Ldfld, field);
            body.Push(type);
            return;
        }

        body.Pop();
        var value = body.Borrow(type);
        il.Emit(OpCodes.Stloc, value);
        if (index == output.Options.StackPointerGlobal)
        {
            EmitShadowStackCheck(value);
        }

        body.LoadState();
        il.Emit(OpCodes.Ldloc, value);
        il.Emit(OpCodes.Stfld, field);
        body.Return(value, type);
    }

    // C code keeps its larger variables in the memory; below that stack lies the data of the program.
    private void EmitShadowStackCheck(LocalBuilder pointer)
    {
        var enough = il.DefineLabel();
        il.Emit(OpCodes.Ldloc, pointer);
        body.LoadState();
        il.Emit(OpCodes.Ldfld, output.ShadowStackLimit);
        il.Emit(OpCodes.Bge, enough);
        body.LoadState();
        il.Emit(OpCodes.Callvirt, output.StackExhausted);
        il.MarkLabel(enough);
    }

    private void EmitTrap()
    {
        body.LoadState();
        il.Emit(OpCodes.Callvirt, output.Trap);
        il.Emit(OpCodes.Ldnull);
        il.Emit(OpCodes.Throw);
    }
}
