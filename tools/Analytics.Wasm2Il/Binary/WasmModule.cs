using System.Collections.Immutable;

namespace Analytics.Wasm2Il.Binary;

/// <summary>What a module holds, as far as this tool translates it.</summary>
/// <param name="Types">All signatures; equal ones are one index in <see cref="CanonicalType"/>.</param>
/// <param name="Imports">Imported functions; they have the first function indices.</param>
/// <param name="Functions">Functions with a body; their indices follow the imports.</param>
/// <param name="Globals">Global variables; imported ones do not occur.</param>
/// <param name="Exports">What the host finds by name.</param>
/// <param name="Table">Function index for each place of the one table, or -1 for an empty place.</param>
/// <param name="Data">What the memory holds at the start; zero elsewhere.</param>
/// <param name="InitialPages">Size of the memory at the start, in pages of 64 KiB.</param>
/// <param name="MaximumPages">Size beyond which the memory may not grow.</param>
internal sealed record WasmModule(
    ImmutableArray<WasmFunctionType> Types,
    ImmutableArray<WasmImport> Imports,
    ImmutableArray<WasmFunction> Functions,
    ImmutableArray<WasmGlobal> Globals,
    ImmutableArray<WasmExport> Exports,
    ImmutableArray<int> Table,
    ImmutableArray<WasmDataSegment> Data,
    uint InitialPages,
    uint MaximumPages
)
{
    /// <summary>The signature of a function, imported or not.</summary>
    public WasmFunctionType TypeOf(int function) =>
        function < Imports.Length ? Imports[function].Type : Functions[function - Imports.Length].Type;

    /// <summary>The lowest index of a signature that is equal to this one.</summary>
    public int CanonicalType(WasmFunctionType type)
    {
        for (var i = 0; i < Types.Length; i++)
        {
            if (Types[i].Letters == type.Letters)
            {
                return i;
            }
        }

        throw new InvalidDataException("A signature is not among the module's types.");
    }
}

/// <summary>A function that the host supplies.</summary>
internal sealed record WasmImport(string Module, string Name, WasmFunctionType Type);

/// <summary>A function with a body.</summary>
/// <param name="Type">The signature.</param>
/// <param name="Locals">Types of the locals that are not parameters.</param>
/// <param name="Code">Offset of the first instruction in the module's bytes.</param>
/// <param name="CodeEnd">Offset after the last instruction.</param>
internal sealed record WasmFunction(WasmFunctionType Type, ImmutableArray<WasmValueType> Locals, int Code, int CodeEnd);

/// <summary>A global variable with a constant start value.</summary>
internal sealed record WasmGlobal(WasmValueType Type, long InitialBits);

/// <summary>A name under which the host finds a function, a table (1), a memory (2) or a global (3).</summary>
internal sealed record WasmExport(string Name, byte Kind, int Index);

/// <summary>Bytes that are copied into the memory before the module runs.</summary>
internal sealed record WasmDataSegment(int Address, int Start, int Length);
