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
    private readonly LocalBuilder[] locals;
    private readonly int parameters;

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
        var control = new ControlInstructions(body, cursor, function.Type.Result);
        while (control.IsOpen)
        {
            var opcode = cursor.Byte();
            if (!control.TryTranslate(opcode))
            {
                if (control.IsReachable)
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
}
