using System.Reflection.Emit;
using Analytics.Wasm2Il.Binary;
using static Analytics.Wasm2Il.Binary.WasmValueType;

namespace Analytics.Wasm2Il.Translation;

/// <summary>Loads, stores and what concerns the memory as a whole.</summary>
internal static class MemoryInstructions
{
    public const byte FirstLoad = 0x28;
    public const byte FirstStore = 0x36;
    public const byte LastStore = 0x3E;
    public const byte Size = 0x3F;
    public const byte Grow = 0x40;

    private static readonly Access[] Loads =
    [
        new(I32, 4, [OpCodes.Ldind_I4]),
        new(I64, 8, [OpCodes.Ldind_I8]),
        new(F32, 4, [OpCodes.Ldind_R4]),
        new(F64, 8, [OpCodes.Ldind_R8]),
        new(I32, 1, [OpCodes.Ldind_I1]),
        new(I32, 1, [OpCodes.Ldind_U1]),
        new(I32, 2, [OpCodes.Ldind_I2]),
        new(I32, 2, [OpCodes.Ldind_U2]),
        new(I64, 1, [OpCodes.Ldind_I1, OpCodes.Conv_I8]),
        new(I64, 1, [OpCodes.Ldind_U1, OpCodes.Conv_U8]),
        new(I64, 2, [OpCodes.Ldind_I2, OpCodes.Conv_I8]),
        new(I64, 2, [OpCodes.Ldind_U2, OpCodes.Conv_U8]),
        new(I64, 4, [OpCodes.Ldind_I4, OpCodes.Conv_I8]),
        new(I64, 4, [OpCodes.Ldind_U4, OpCodes.Conv_U8]),
    ];

    private static readonly Access[] Stores =
    [
        new(I32, 4, [OpCodes.Stind_I4]),
        new(I64, 8, [OpCodes.Stind_I8]),
        new(F32, 4, [OpCodes.Stind_R4]),
        new(F64, 8, [OpCodes.Stind_R8]),
        new(I32, 1, [OpCodes.Stind_I1]),
        new(I32, 2, [OpCodes.Stind_I2]),
        new(I64, 1, [OpCodes.Stind_I1]),
        new(I64, 2, [OpCodes.Stind_I2]),
        new(I64, 4, [OpCodes.Stind_I4]),
    ];

    public static void EmitLoad(byte opcode, int alignment, uint offset, BodyWriter body)
    {
        var access = Loads[opcode - FirstLoad];
        body.Pop();
        EmitAddress(body, offset, access.Width);
        EmitAlignment(body, alignment, access.Width);
        foreach (var code in access.Codes)
        {
            body.IL.Emit(code);
        }

        body.Push(access.Type);
    }

    public static void EmitStore(byte opcode, int alignment, uint offset, BodyWriter body)
    {
        var access = Stores[opcode - FirstStore];
        body.Pop(2);
        var value = body.Borrow(access.Type);
        body.IL.Emit(OpCodes.Stloc, value);
        EmitAddress(body, offset, access.Width);
        body.IL.Emit(OpCodes.Ldloc, value);
        body.Return(value, access.Type);
        EmitAlignment(body, alignment, access.Width);
        body.IL.Emit(access.Codes[0]);
    }

    public static void EmitSize(BodyWriter body)
    {
        body.LoadState();
        body.IL.Emit(OpCodes.Ldfld, body.Output.Pages);
        body.Push(I32);
    }

    public static void EmitGrow(BodyWriter body)
    {
        var pages = body.Borrow(I32);
        body.IL.Emit(OpCodes.Stloc, pages);
        body.LoadState();
        body.IL.Emit(OpCodes.Ldloc, pages);
        body.Return(pages, I32);
        body.IL.Emit(OpCodes.Callvirt, body.Output.GrowMemory);
    }

    /// <summary>memory.copy: target, source and length lie on the stack; the two ranges may overlap.</summary>
    public static void EmitCopy(BodyWriter body)
    {
        var il = body.IL;
        body.Pop(3);
        var (target, source, length) = (body.Borrow(I32), body.Borrow(I32), body.Borrow(I32));
        il.Emit(OpCodes.Stloc, length);
        il.Emit(OpCodes.Stloc, source);
        il.Emit(OpCodes.Stloc, target);
        EmitRange(body, source, length);
        EmitRange(body, target, length);
        il.Emit(OpCodes.Ldloc, length);
        il.Emit(OpCodes.Conv_U8);
        il.Emit(OpCodes.Dup);
        var copy = body.Framework.Method(
            "System.Buffer",
            "MemoryCopy",
            "void*",
            "void*",
            "System.UInt64",
            "System.UInt64"
        );
        il.Emit(OpCodes.Call, copy);
        body.Return(target, I32);
        body.Return(source, I32);
        body.Return(length, I32);
    }

    /// <summary>memory.fill: target, byte and length lie on the stack.</summary>
    public static void EmitFill(BodyWriter body)
    {
        var il = body.IL;
        body.Pop(3);
        var (target, value, length) = (body.Borrow(I32), body.Borrow(I32), body.Borrow(I32));
        il.Emit(OpCodes.Stloc, length);
        il.Emit(OpCodes.Stloc, value);
        il.Emit(OpCodes.Stloc, target);
        EmitRange(body, target, length);
        il.Emit(OpCodes.Ldloc, value);
        il.Emit(OpCodes.Ldloc, length);
        il.Emit(OpCodes.Unaligned, (byte)1);
        il.Emit(OpCodes.Initblk);
        body.Return(target, I32);
        body.Return(value, I32);
        body.Return(length, I32);
    }

    // Turns the number on the stack, an address within the memory without its sign, into an address of the process.
    private static void EmitAddress(BodyWriter body, uint offset, int width)
    {
        var il = body.IL;
        il.Emit(OpCodes.Conv_U8);
        if (offset != 0)
        {
            il.Emit(OpCodes.Ldc_I8, (long)offset);
            il.Emit(OpCodes.Add);
        }

        if (body.Output.CheckBounds is { } checkBounds)
        {
            il.Emit(OpCodes.Ldc_I8, (long)width);
            body.LoadState();
            il.Emit(OpCodes.Call, checkBounds);
        }

        il.Emit(OpCodes.Conv_U);
        il.Emit(OpCodes.Ldloc, body.MemoryBase!);
        il.Emit(OpCodes.Add);
    }

    private static void EmitRange(BodyWriter body, LocalBuilder start, LocalBuilder length)
    {
        var il = body.IL;
        il.Emit(OpCodes.Ldloc, start);
        il.Emit(OpCodes.Conv_U8);
        if (body.Output.CheckBounds is { } checkBounds)
        {
            il.Emit(OpCodes.Ldloc, length);
            il.Emit(OpCodes.Conv_U8);
            body.LoadState();
            il.Emit(OpCodes.Call, checkBounds);
        }

        il.Emit(OpCodes.Conv_U);
        il.Emit(OpCodes.Ldloc, body.MemoryBase!);
        il.Emit(OpCodes.Add);
    }

    // The alignment in the module is a promise, as a power of two.
    private static void EmitAlignment(BodyWriter body, int alignment, int width)
    {
        if (1 << alignment < width)
        {
            body.IL.Emit(OpCodes.Unaligned, (byte)(1 << alignment));
        }
    }

    private sealed record Access(WasmValueType Type, int Width, OpCode[] Codes);
}
