using System.Collections.Frozen;
using System.Reflection.Emit;
using Analytics.Wasm2Il.Binary;
using static Analytics.Wasm2Il.Binary.WasmValueType;

namespace Analytics.Wasm2Il.Translation;

/// <summary>
/// The instructions that take one or two numbers and give one. Comparisons of floating-point numbers with a NaN are
/// false except "not equal", which decides between the ordered and the unordered opcode.
/// </summary>
internal static class NumericInstructions
{
    private const string Bits = "System.Numerics.BitOperations";
    private const string Int = "System.Int32";
    private const string UInt = "System.UInt32";
    private const string Long = "System.Int64";
    private const string ULong = "System.UInt64";

    private static readonly FrozenDictionary<byte, Instruction> Table = Build().ToFrozenDictionary();

    public static bool TryEmit(byte opcode, BodyWriter body)
    {
        if (!Table.TryGetValue(opcode, out var instruction))
        {
            return false;
        }

        body.Pop(instruction.Operands);
        instruction.Emit(body);
        body.Push(instruction.Result);
        return true;
    }

    /// <summary>The saturating conversions behind the prefix 0xFC, which is how .NET converts since version 9.</summary>
    public static void EmitSaturating(int opcode, BodyWriter body)
    {
        OpCode[] conversions = [OpCodes.Conv_I4, OpCodes.Conv_U4, OpCodes.Conv_I8, OpCodes.Conv_U8];
        body.Pop();
        body.IL.Emit(conversions[((opcode >> 2) * 2) + (opcode & 1)]);
        body.Push(opcode < 4 ? I32 : I64);
    }

    private static Dictionary<byte, Instruction> Build()
    {
        var table = new Dictionary<byte, Instruction>();
        AddComparisons(table);
        AddIntegers(table, 0x67, I32, UInt, 31);
        AddIntegers(table, 0x79, I64, ULong, 63);
        AddFloats(table, 0x8B, F32, "System.MathF", "System.Single");
        AddFloats(table, 0x99, F64, "System.Math", "System.Double");
        AddConversions(table);
        return table;
    }

    private static void AddComparisons(Dictionary<byte, Instruction> table)
    {
        table[0x45] = new(1, I32, Codes(OpCodes.Ldc_I4_0, OpCodes.Ceq));
        table[0x50] = new(1, I32, Codes(OpCodes.Ldc_I4_0, OpCodes.Conv_I8, OpCodes.Ceq));
        var negated = new[] { OpCodes.Ldc_I4_0, OpCodes.Ceq };
        foreach (var first in new byte[] { 0x46, 0x51 })
        {
            OpCode[][] integers =
            [
                [OpCodes.Ceq],
                [OpCodes.Ceq, .. negated],
                [OpCodes.Clt],
                [OpCodes.Clt_Un],
                [OpCodes.Cgt],
                [OpCodes.Cgt_Un],
                [OpCodes.Cgt, .. negated],
                [OpCodes.Cgt_Un, .. negated],
                [OpCodes.Clt, .. negated],
                [OpCodes.Clt_Un, .. negated],
            ];
            AddRun(table, first, I32, integers);
        }

        foreach (var first in new byte[] { 0x5B, 0x61 })
        {
            OpCode[][] floats =
            [
                [OpCodes.Ceq],
                [OpCodes.Ceq, .. negated],
                [OpCodes.Clt],
                [OpCodes.Cgt],
                [OpCodes.Cgt_Un, .. negated],
                [OpCodes.Clt_Un, .. negated],
            ];
            AddRun(table, first, I32, floats);
        }
    }

    private static void AddIntegers(
        Dictionary<byte, Instruction> table,
        byte first,
        WasmValueType type,
        string unsigned,
        int shiftMask
    )
    {
        table[first] = new(1, type, Count("LeadingZeroCount", unsigned, type));
        table[(byte)(first + 1)] = new(1, type, Count("TrailingZeroCount", unsigned, type));
        table[(byte)(first + 2)] = new(1, type, Count("PopCount", unsigned, type));
        OpCode[][] simple =
        [
            [OpCodes.Add],
            [OpCodes.Sub],
            [OpCodes.Mul],
            [OpCodes.Div],
            [OpCodes.Div_Un],
        ];
        AddRun(table, (byte)(first + 3), type, simple);
        table[(byte)(first + 8)] = new(2, type, body => EmitSignedRemainder(body, type));
        OpCode[][] more =
        [
            [OpCodes.Rem_Un],
            [OpCodes.And],
            [OpCodes.Or],
            [OpCodes.Xor],
        ];
        AddRun(table, (byte)(first + 9), type, more);
        OpCode[] shifts = [OpCodes.Shl, OpCodes.Shr, OpCodes.Shr_Un];
        for (var i = 0; i < shifts.Length; i++)
        {
            var shift = shifts[i];
            table[(byte)(first + 13 + i)] = new(
                2,
                type,
                body =>
                {
                    EmitShiftCount(body, type, shiftMask);
                    body.IL.Emit(shift);
                }
            );
        }

        table[(byte)(first + 16)] = new(2, type, Rotation("RotateLeft", unsigned, type));
        table[(byte)(first + 17)] = new(2, type, Rotation("RotateRight", unsigned, type));
    }

    private static void AddFloats(
        Dictionary<byte, Instruction> table,
        byte first,
        WasmValueType type,
        string math,
        string number
    )
    {
        table[first] = new(1, type, Call("System.Math", "Abs", number));
        table[(byte)(first + 1)] = new(1, type, Codes(OpCodes.Neg));
        string[] roundings = ["Ceiling", "Floor", "Truncate", "Round", "Sqrt"];
        for (var i = 0; i < roundings.Length; i++)
        {
            table[(byte)(first + 2 + i)] = new(1, type, Call(math, roundings[i], number));
        }

        OpCode[][] simple =
        [
            [OpCodes.Add],
            [OpCodes.Sub],
            [OpCodes.Mul],
            [OpCodes.Div],
        ];
        AddRun(table, (byte)(first + 7), type, simple);
        table[(byte)(first + 11)] = new(2, type, Call("System.Math", "Min", number, number));
        table[(byte)(first + 12)] = new(2, type, Call("System.Math", "Max", number, number));
        table[(byte)(first + 13)] = new(2, type, Call(math, "CopySign", number, number));
    }

    private static void AddConversions(Dictionary<byte, Instruction> table)
    {
        table[0xA7] = new(1, I32, Codes(OpCodes.Conv_I4));
        table[0xA8] = table[0xAA] = new(1, I32, Codes(OpCodes.Conv_Ovf_I4));
        table[0xA9] = table[0xAB] = new(1, I32, Codes(OpCodes.Conv_Ovf_U4));
        table[0xAC] = new(1, I64, Codes(OpCodes.Conv_I8));
        table[0xAD] = new(1, I64, Codes(OpCodes.Conv_U8));
        table[0xAE] = table[0xB0] = new(1, I64, Codes(OpCodes.Conv_Ovf_I8));
        table[0xAF] = table[0xB1] = new(1, I64, Codes(OpCodes.Conv_Ovf_U8));
        table[0xB2] = table[0xB4] = table[0xB6] = new(1, F32, Codes(OpCodes.Conv_R4));
        table[0xB3] = table[0xB5] = new(1, F32, Codes(OpCodes.Conv_R_Un, OpCodes.Conv_R4));
        table[0xB7] = table[0xB9] = table[0xBB] = new(1, F64, Codes(OpCodes.Conv_R8));
        table[0xB8] = table[0xBA] = new(1, F64, Codes(OpCodes.Conv_R_Un, OpCodes.Conv_R8));
        table[0xBC] = new(1, I32, Call("System.BitConverter", "SingleToInt32Bits", "System.Single"));
        table[0xBD] = new(1, I64, Call("System.BitConverter", "DoubleToInt64Bits", "System.Double"));
        table[0xBE] = new(1, F32, Call("System.BitConverter", "Int32BitsToSingle", Int));
        table[0xBF] = new(1, F64, Call("System.BitConverter", "Int64BitsToDouble", Long));
        table[0xC0] = new(1, I32, Codes(OpCodes.Conv_I1));
        table[0xC1] = new(1, I32, Codes(OpCodes.Conv_I2));
        table[0xC2] = new(1, I64, Codes(OpCodes.Conv_I1, OpCodes.Conv_I8));
        table[0xC3] = new(1, I64, Codes(OpCodes.Conv_I2, OpCodes.Conv_I8));
        table[0xC4] = new(1, I64, Codes(OpCodes.Conv_I4, OpCodes.Conv_I8));
    }

    private static void AddRun(Dictionary<byte, Instruction> table, byte first, WasmValueType result, OpCode[][] codes)
    {
        for (var i = 0; i < codes.Length; i++)
        {
            table[(byte)(first + i)] = new(2, result, Codes(codes[i]));
        }
    }

    private static Action<BodyWriter> Codes(params OpCode[] codes) =>
        body =>
        {
            foreach (var code in codes)
            {
                body.IL.Emit(code);
            }
        };

    private static Action<BodyWriter> Call(string type, string method, params string[] parameters) =>
        body => body.IL.Emit(OpCodes.Call, body.Framework.Method(type, method, parameters));

    private static Action<BodyWriter> Count(string method, string number, WasmValueType type) =>
        body =>
        {
            body.IL.Emit(OpCodes.Call, body.Framework.Method(Bits, method, number));
            if (type == I64)
            {
                body.IL.Emit(OpCodes.Conv_I8);
            }
        };

    private static Action<BodyWriter> Rotation(string method, string number, WasmValueType type) =>
        body =>
        {
            if (type == I64)
            {
                body.IL.Emit(OpCodes.Conv_I4);
            }

            body.IL.Emit(OpCodes.Call, body.Framework.Method(Bits, method, number, Int));
        };

    // Shifting by the width or more is not defined in IL; WebAssembly counts modulo the width.
    private static void EmitShiftCount(BodyWriter body, WasmValueType type, int mask)
    {
        if (type == I64)
        {
            body.IL.Emit(OpCodes.Conv_I4);
        }

        body.IL.Emit(OpCodes.Ldc_I4, mask);
        body.IL.Emit(OpCodes.And);
    }

    // The least number modulo -1 is 0 in WebAssembly and an overflow in .NET; any number modulo -1 is as modulo 1.
    private static void EmitSignedRemainder(BodyWriter body, WasmValueType type)
    {
        var il = body.IL;
        var divide = il.DefineLabel();
        il.Emit(OpCodes.Dup);
        il.Emit(OpCodes.Ldc_I4_M1);
        if (type == I64)
        {
            il.Emit(OpCodes.Conv_I8);
        }

        il.Emit(OpCodes.Bne_Un, divide);
        il.Emit(OpCodes.Neg);
        il.MarkLabel(divide);
        il.Emit(OpCodes.Rem);
    }

    private sealed record Instruction(int Operands, WasmValueType Result, Action<BodyWriter> Emit);
}
