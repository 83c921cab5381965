using System.Collections.Immutable;

namespace Analytics.Wasm2Il.Binary;

/// <summary>A signature. More than one result does not occur in what C compilers write, and is refused.</summary>
internal sealed record WasmFunctionType(ImmutableArray<WasmValueType> Parameters, WasmValueType? Result)
{
    /// <summary>The signature in Emscripten's letters, result first: <c>vij</c> is void(i32, i64).</summary>
    public string Letters => (Result is { } result ? Letter(result) : "v") + string.Concat(Parameters.Select(Letter));

    private static string Letter(WasmValueType type) =>
        type switch
        {
            WasmValueType.I32 => "i",
            WasmValueType.I64 => "j",
            WasmValueType.F32 => "f",
            _ => "d",
        };
}
