using System.Text;

namespace Analytics.PgQuery.Tests.Translation;

/// <summary>A module in binary format with one exported function for each numeric instruction.</summary>
internal static class NumericModule
{
    public const byte I32 = 0x7F;
    public const byte I64 = 0x7E;
    public const byte F32 = 0x7D;
    public const byte F64 = 0x7C;

    /// <summary>All numeric instructions of WebAssembly 1.0 with sign extension and saturating conversion.</summary>
    public static IReadOnlyList<NumericInstruction> Instructions { get; } =
    [
        .. Run(0x45, 1, I32, 1, I32),
        .. Run(0x46, 10, I32, 2, I32),
        .. Run(0x50, 1, I64, 1, I32),
        .. Run(0x51, 10, I64, 2, I32),
        .. Run(0x5B, 6, F32, 2, I32),
        .. Run(0x61, 6, F64, 2, I32),
        .. Run(0x67, 3, I32, 1, I32),
        .. Run(0x6A, 15, I32, 2, I32),
        .. Run(0x79, 3, I64, 1, I64),
        .. Run(0x7C, 15, I64, 2, I64),
        .. Run(0x8B, 7, F32, 1, F32),
        .. Run(0x92, 7, F32, 2, F32),
        .. Run(0x99, 7, F64, 1, F64),
        .. Run(0xA0, 7, F64, 2, F64),
        .. Run(0xA7, 1, I64, 1, I32),
        .. Run(0xA8, 2, F32, 1, I32),
        .. Run(0xAA, 2, F64, 1, I32),
        .. Run(0xAC, 2, I32, 1, I64),
        .. Run(0xAE, 2, F32, 1, I64),
        .. Run(0xB0, 2, F64, 1, I64),
        .. Run(0xB2, 2, I32, 1, F32),
        .. Run(0xB4, 2, I64, 1, F32),
        .. Run(0xB6, 1, F64, 1, F32),
        .. Run(0xB7, 2, I32, 1, F64),
        .. Run(0xB9, 2, I64, 1, F64),
        .. Run(0xBB, 1, F32, 1, F64),
        .. Run(0xBC, 1, F32, 1, I32),
        .. Run(0xBD, 1, F64, 1, I64),
        .. Run(0xBE, 1, I32, 1, F32),
        .. Run(0xBF, 1, I64, 1, F64),
        .. Run(0xC0, 2, I32, 1, I32),
        .. Run(0xC2, 3, I64, 1, I64),
        .. Run(0xFC00, 2, F32, 1, I32),
        .. Run(0xFC02, 2, F64, 1, I32),
        .. Run(0xFC04, 2, F32, 1, I64),
        .. Run(0xFC06, 2, F64, 1, I64),
    ];

    public static byte[] Bytes()
    {
        var count = Instructions.Count;
        List<byte> module = [0, (byte)'a', (byte)'s', (byte)'m', 1, 0, 0, 0];
        AddSection(module, 1, Vector(Instructions, Signature));
        AddSection(module, 3, Vector(Enumerable.Range(0, count), Number));
        AddSection(module, 4, [1, 0x70, 0, 0]);
        AddSection(module, 5, [1, 0, 1]);
        AddSection(
            module,
            7,
            Vector(Enumerable.Range(0, count), i => [.. Name(Instructions[i].Name), 0, .. Number(i)])
        );
        AddSection(module, 10, Vector(Instructions, Body));
        AddSection(module, 11, [1, 0, 0x41, 16, 0x0B, 1, 42]);
        return [.. module];
    }

    private static IEnumerable<NumericInstruction> Run(int first, int count, byte operand, int operands, byte result) =>
        Enumerable.Range(first, count).Select(opcode => new NumericInstruction(opcode, operand, operands, result));

    private static byte[] Signature(NumericInstruction instruction) =>
        [
            0x60,
            .. Number(instruction.Operands),
            .. Enumerable.Repeat(instruction.Operand, instruction.Operands),
            1,
            instruction.Result,
        ];

    private static byte[] Body(NumericInstruction instruction)
    {
        List<byte> code = [0];
        for (byte i = 0; i < instruction.Operands; i++)
        {
            code.AddRange([0x20, i]);
        }

        if (instruction.Opcode > byte.MaxValue)
        {
            code.Add((byte)(instruction.Opcode >> 8));
        }

        code.AddRange([(byte)instruction.Opcode, 0x0B]);
        return [.. Number(code.Count), .. code];
    }

    private static byte[] Name(string name) => [.. Number(name.Length), .. Encoding.ASCII.GetBytes(name)];

    private static byte[] Vector<T>(IEnumerable<T> items, Func<T, byte[]> write)
    {
        var written = items.Select(write).ToList();
        return [.. Number(written.Count), .. written.SelectMany(bytes => bytes)];
    }

    private static void AddSection(List<byte> module, byte id, byte[] content)
    {
        module.Add(id);
        module.AddRange(Number(content.Length));
        module.AddRange(content);
    }

    private static byte[] Number(int value)
    {
        List<byte> bytes = [];
        for (; value > 0x7F; value >>= 7)
        {
            bytes.Add((byte)(value | 0x80));
        }

        bytes.Add((byte)value);
        return [.. bytes];
    }
}
