using System.Collections.Immutable;
using System.Reflection;
using System.Reflection.Emit;
using Analytics.Wasm2Il.Binary;

namespace Analytics.Wasm2Il.Translation;

/// <summary>
/// The members that function bodies refer to. Two types come out: an abstract class that holds the state of one running
/// module and that the host derives from, with an abstract method for each import; and a static class of the functions.
/// </summary>
internal sealed class OutputModule
{
    private const MethodAttributes Helper = MethodAttributes.Static | MethodAttributes.Assembly;

    public OutputModule(
        ModuleBuilder module,
        WasmModule source,
        FrameworkTypes framework,
        HostNames names,
        TranslationOptions options
    )
    {
        Source = source;
        Framework = framework;
        Options = options;
        State = module.DefineType(
            options.Namespace + ".WasmInstance",
            TypeAttributes.Public | TypeAttributes.Abstract,
            framework.Object
        );
        Functions = module.DefineType(
            options.Namespace + ".WasmFunctions",
            TypeAttributes.NotPublic | TypeAttributes.Abstract | TypeAttributes.Sealed,
            framework.Object
        );
        Memory = State.DefineField("Memory", framework.BytePointer, FieldAttributes.Public);
        Pages = State.DefineField("Pages", framework.Int32, FieldAttributes.Public);
        StackLimit = State.DefineField("StackLimit", framework.UIntPtr, FieldAttributes.Public);
        ShadowStackLimit = State.DefineField("ShadowStackLimit", framework.Int32, FieldAttributes.Public);
        Globals =
        [
            .. source.Globals.Select(
                (global, i) => State.DefineField($"global{i}", framework.Of(global.Type), FieldAttributes.Assembly)
            ),
        ];
        Imports = [.. source.Imports.Select(import => DefineHostMethod(names.Of(import), import.Type))];
        GrowMemory = DefineHostMethod("GrowMemory", new([WasmValueType.I32], WasmValueType.I32));
        StackExhausted = DefineHostMethod("StackExhausted", new([], null));
        OutOfBounds = DefineHostMethod("OutOfBounds", new([], null));
        Trap = DefineHostMethod("Trap", new([], null));
        CheckBounds = options.BoundsChecks ? BoundsCheck.Define(this) : null;
        Bodies = [.. source.Functions.Select((f, i) => DefineStatic($"f{i + source.Imports.Length}", f.Type))];
        IndirectCalls = source
            .Types.DistinctBy(type => type.Letters)
            .ToImmutableDictionary(
                type => type.Letters,
                type =>
                    DefineStatic(
                        "call_" + type.Letters,
                        type with
                        {
                            Parameters = [.. type.Parameters, WasmValueType.I32],
                        }
                    ),
                StringComparer.Ordinal
            );
    }

    public WasmModule Source { get; }

    public FrameworkTypes Framework { get; }

    public TranslationOptions Options { get; }

    public TypeBuilder State { get; }

    public TypeBuilder Functions { get; }

    /// <summary>The first byte of the memory; it stays where it is while a function runs.</summary>
    public FieldBuilder Memory { get; }

    /// <summary>The size of the memory in pages of 64 KiB.</summary>
    public FieldBuilder Pages { get; }

    /// <summary>The lowest address that the thread's stack may reach.</summary>
    public FieldBuilder StackLimit { get; }

    /// <summary>The lowest address within the memory that the stack of C variables may reach.</summary>
    public FieldBuilder ShadowStackLimit { get; }

    public ImmutableArray<FieldBuilder> Globals { get; }

    public ImmutableArray<MethodBuilder> Imports { get; }

    public ImmutableArray<MethodBuilder> Bodies { get; }

    /// <summary>Passes an offset into the memory on when the access lies inside; null without bounds checks.</summary>
    public MethodBuilder? CheckBounds { get; }

    /// <summary>By signature: calls the function at a place of the table; the place is the last number.</summary>
    public ImmutableDictionary<string, MethodBuilder> IndirectCalls { get; }

    public MethodBuilder GrowMemory { get; }

    public MethodBuilder StackExhausted { get; }

    public MethodBuilder OutOfBounds { get; }

    public MethodBuilder Trap { get; }

    /// <summary>Defines a static method of the functions class that takes the state as its last argument.</summary>
    public MethodBuilder DefineStatic(string name, WasmFunctionType type) =>
        Functions.DefineMethod(
            name,
            Helper,
            Framework.Of(type.Result),
            [.. type.Parameters.Select(p => Framework.Of(p)), State]
        );

    private MethodBuilder DefineHostMethod(string name, WasmFunctionType type) =>
        State.DefineMethod(
            name,
            MethodAttributes.Public
                | MethodAttributes.Abstract
                | MethodAttributes.Virtual
                | MethodAttributes.HideBySig
                | MethodAttributes.NewSlot,
            Framework.Of(type.Result),
            [.. type.Parameters.Select(p => Framework.Of(p))]
        );
}
