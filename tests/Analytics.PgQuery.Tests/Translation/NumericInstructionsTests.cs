using System.Globalization;
using System.Runtime.InteropServices;
using Analytics.PgQuery.Tests.Oracle;
using Analytics.Wasm2Il.Translation;
using Wasmtime;

namespace Analytics.PgQuery.Tests.Translation;

/// <summary>Each numeric instruction on the values where machines differ, against Wasmtime.</summary>
public sealed class NumericInstructionsTests
{
    private static readonly object[] Ints = [0, 1, -1, 2, 7, 31, 32, 33, -7, 255, 65535, int.MaxValue, int.MinValue];

    private static readonly object[] Longs =
    [
        0L,
        1L,
        -1L,
        7L,
        63L,
        64L,
        65L,
        -7L,
        255L,
        65535L,
        (long)int.MaxValue + 1,
        (long)int.MinValue - 1,
        long.MaxValue,
        long.MinValue,
        0x7fffff4000000001L,
        0x20000020000001L,
    ];

    private static readonly object[] Singles =
    [
        0f,
        -0f,
        1f,
        -1f,
        0.5f,
        -0.5f,
        1.5f,
        2.5f,
        -2.5f,
        0.9999999f,
        2147483648f,
        -2147483648f,
        4294967296f,
        1e19f,
        -1e19f,
        float.NaN,
        float.PositiveInfinity,
        float.NegativeInfinity,
        float.Epsilon,
        float.MaxValue,
    ];

    private static readonly object[] Doubles =
    [
        0d,
        -0d,
        1d,
        -1d,
        0.5,
        -0.5,
        -0.9999999,
        1.5,
        2.5,
        -2.5,
        2147483647.5,
        2147483648d,
        -2147483648.9,
        -2147483649d,
        4294967295.5,
        4294967296d,
        9223372036854775808d,
        18446744073709551616d,
        double.NaN,
        double.PositiveInfinity,
        double.NegativeInfinity,
        double.Epsilon,
        double.MaxValue,
        16777217d,
    ];

    [Fact]
    public void Every_instruction_gives_what_Wasmtime_gives_or_traps_where_it_traps()
    {
        var bytes = NumericModule.Bytes();
        using var engine = new Engine(WasmtimeParser.Configuration());
        using var module = Module.FromBytes(engine, "numbers", bytes);
        using var store = new Store(engine);
        using var linker = new Linker(engine);
        var expected = linker.Instantiate(store, module);
        using var actual = new TranslatedModule(Translate(bytes));
        var wrong = new List<string>();
        var cases = 0;
        foreach (var instruction in NumericModule.Instructions)
        {
            foreach (var operands in Operands(instruction))
            {
                var want = Outcome(() => expected.GetFunction(instruction.Name)!.Invoke([.. operands.Select(Box)]));
                var got = Outcome(() => actual.Call(instruction.Name, operands));
                cases++;
                if (want != got)
                {
                    wrong.Add($"{instruction.Name}({string.Join(", ", operands.Select(Text))}): {want}, not {got}");
                }
            }
        }

        Assert.True(wrong.Count == 0, $"{wrong.Count} of {cases}:\n" + string.Join('\n', wrong.Take(40)));
        Assert.True(cases > 10_000, $"Only {cases} cases.");
    }

    [Fact]
    public void Data_lies_in_the_memory_where_the_module_says()
    {
        using var module = new TranslatedModule(Translate(NumericModule.Bytes()));

        Assert.Equal(42, module.Memory[16]);
        Assert.Equal(16, module.Memory.IndexOfAnyExcept((byte)0));
        Assert.Equal(16, module.Memory.LastIndexOfAnyExcept((byte)0));
    }

    [Fact]
    public void The_same_module_gives_the_same_bytes()
    {
        var bytes = NumericModule.Bytes();

        Assert.Equal(Translate(bytes), Translate(bytes));
    }

    [Fact]
    public void Bytes_that_are_no_module_are_refused() =>
        Assert.Throws<InvalidDataException>(() => Translate("not a module"u8.ToArray()));

    private static byte[] Translate(byte[] module) =>
        ModuleTranslator.Translate(
            module,
            javaScript: "",
            RuntimeEnvironment.GetRuntimeDirectory(),
            new TranslationOptions("Numbers", StackPointerGlobal: -1, BoundsChecks: false)
        );

    private static IEnumerable<object[]> Operands(NumericInstruction instruction)
    {
        var values = instruction.Operand switch
        {
            NumericModule.I32 => Ints,
            NumericModule.I64 => Longs,
            NumericModule.F32 => Singles,
            _ => Doubles,
        };
        return instruction.Operands == 1
            ? values.Select(value => new[] { value })
            : values.SelectMany(left => values.Select(right => new[] { left, right }));
    }

    private static string Outcome(Func<object?> call)
    {
        try
        {
            return Text(call()!);
        }
        catch (Exception exception) when (exception is WasmtimeException or ArithmeticException)
        {
            return "trap";
        }
    }

    // The bits, since zero and minus zero are equal; all NaNs are one, since the standard leaves theirs open.
    private static string Text(object value) =>
        value switch
        {
            float number => float.IsNaN(number) ? "NaN" : BitConverter.SingleToInt32Bits(number).ToString("x8"),
            double number => double.IsNaN(number) ? "NaN" : BitConverter.DoubleToInt64Bits(number).ToString("x16"),
            IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
            _ => "nothing",
        };

    private static ValueBox Box(object value) =>
        value switch
        {
            int number => (ValueBox)number,
            long number => (ValueBox)number,
            float number => (ValueBox)number,
            _ => (ValueBox)(double)value,
        };
}
