using System.Reflection;
using System.Reflection.Emit;
using Analytics.Wasm2Il.Binary;

namespace Analytics.Wasm2Il.Translation;

/// <summary>
/// Writes what surrounds the functions: the exported methods, the calls through the table, and the method that puts the
/// start values into the globals and the memory.
/// </summary>
internal sealed class StateWriter(OutputModule output, ModuleBuilder module, HostNames names, byte[] bytes)
{
    private const MethodAttributes Public = MethodAttributes.Public | MethodAttributes.HideBySig;

    private readonly FrameworkTypes framework = output.Framework;
    private readonly WasmModule source = output.Source;

    public void Write()
    {
        WriteConstructor();
        WriteReset();
        foreach (var export in source.Exports.Where(e => e.Kind == 0 && e.Index >= source.Imports.Length))
        {
            var body = output.Bodies[export.Index - source.Imports.Length];
            WriteForwarder(names.Of(export), source.TypeOf(export.Index), body);
        }

        foreach (var type in source.Types.DistinctBy(type => type.Letters))
        {
            var dispatcher = output.IndirectCalls[type.Letters];
            WriteDispatcher(type, dispatcher);
            var withPlace = type with { Parameters = [.. type.Parameters, WasmValueType.I32] };
            WriteForwarder("Call_" + type.Letters, withPlace, dispatcher);
        }
    }

    private void WriteConstructor()
    {
        var il = output
            .State.DefineConstructor(
                MethodAttributes.Family | MethodAttributes.HideBySig,
                CallingConventions.HasThis,
                []
            )
            .GetILGenerator();
        il.Emit(OpCodes.Ldarg_0);
        il.Emit(OpCodes.Call, framework.Constructor("System.Object"));
        il.Emit(OpCodes.Ret);
    }

    // All segments lie close together: one block of data is one copy.
    private void WriteReset()
    {
        var start = source.Data.Min(segment => segment.Address);
        var image = new byte[source.Data.Max(segment => segment.Address + segment.Length) - start];
        foreach (var segment in source.Data)
        {
            bytes.AsSpan(segment.Start, segment.Length).CopyTo(image.AsSpan(segment.Address - start));
        }

        var data = module.DefineInitializedData("InitialMemory", image, FieldAttributes.Assembly);
        var il = output.State.DefineMethod("Reset", Public, framework.Void, []).GetILGenerator();
        il.Emit(OpCodes.Ldsflda, data);
        il.Emit(OpCodes.Ldarg_0);
        il.Emit(OpCodes.Ldfld, output.Memory);
        il.Emit(OpCodes.Ldc_I4, start);
        il.Emit(OpCodes.Add);
        il.Emit(OpCodes.Ldc_I4, image.Length);
        il.Emit(OpCodes.Conv_U8);
        il.Emit(OpCodes.Dup);
        var copy = framework.Method("System.Buffer", "MemoryCopy", "void*", "void*", "System.UInt64", "System.UInt64");
        il.Emit(OpCodes.Call, copy);
        for (var i = 0; i < source.Globals.Length; i++)
        {
            il.Emit(OpCodes.Ldarg_0);
            EmitConstant(il, source.Globals[i]);
            il.Emit(OpCodes.Stfld, output.Globals[i]);
        }

        il.Emit(OpCodes.Ret);
        DefineConstant("InitialPages", checked((int)source.InitialPages));
        DefineConstant("MaximumPages", checked((int)source.MaximumPages));
        DefineConstant("DataEnd", start + image.Length);
    }

    private void DefineConstant(string name, int value) =>
        output
            .State.DefineField(
                name,
                framework.Int32,
                FieldAttributes.Public | FieldAttributes.Static | FieldAttributes.Literal
            )
            .SetConstant(value);

    private static void EmitConstant(ILGenerator il, WasmGlobal global)
    {
        switch (global.Type)
        {
            case WasmValueType.I32:
                il.Emit(OpCodes.Ldc_I4, (int)global.InitialBits);
                break;
            case WasmValueType.I64:
                il.Emit(OpCodes.Ldc_I8, global.InitialBits);
                break;
            case WasmValueType.F32:
                il.Emit(OpCodes.Ldc_R4, BitConverter.Int32BitsToSingle((int)global.InitialBits));
                break;
            default:
                il.Emit(OpCodes.Ldc_R8, BitConverter.Int64BitsToDouble(global.InitialBits));
                break;
        }
    }

    // An instance method that calls the static one: the state goes from the first place to the last.
    private void WriteForwarder(string name, WasmFunctionType type, MethodBuilder target)
    {
        var il = output
            .State.DefineMethod(
                name,
                Public,
                framework.Of(type.Result),
                [.. type.Parameters.Select(p => framework.Of(p))]
            )
            .GetILGenerator();
        for (var i = 1; i <= type.Parameters.Length; i++)
        {
            il.Emit(OpCodes.Ldarg, (short)i);
        }

        il.Emit(OpCodes.Ldarg_0);
        il.Emit(OpCodes.Call, target);
        il.Emit(OpCodes.Ret);
    }

    // A switch over the table, with the functions of this signature only: the check of the signature costs nothing, and
    // no address of a function is needed before it is called for the first time.
    private void WriteDispatcher(WasmFunctionType type, MethodBuilder dispatcher)
    {
        var il = dispatcher.GetILGenerator();
        var place = type.Parameters.Length;
        var wrong = il.DefineLabel();
        var labels = new Label[source.Table.Length];
        for (var i = 0; i < labels.Length; i++)
        {
            var fits = source.Table[i] >= 0 && source.TypeOf(source.Table[i]).Letters == type.Letters;
            labels[i] = fits ? il.DefineLabel() : wrong;
        }

        if (labels.Length > 0)
        {
            il.Emit(OpCodes.Ldarg, (short)place);
            il.Emit(OpCodes.Switch, labels);
        }

        il.MarkLabel(wrong);
        il.Emit(OpCodes.Ldarg, (short)(place + 1));
        il.Emit(OpCodes.Callvirt, output.Trap);
        il.Emit(OpCodes.Ldnull);
        il.Emit(OpCodes.Throw);
        for (var i = 0; i < labels.Length; i++)
        {
            if (labels[i] != wrong)
            {
                il.MarkLabel(labels[i]);
                EmitTableCall(il, type, source.Table[i]);
            }
        }
    }

    private void EmitTableCall(ILGenerator il, WasmFunctionType type, int function)
    {
        var state = (short)(type.Parameters.Length + 1);
        var imported = function < source.Imports.Length;
        if (imported)
        {
            il.Emit(OpCodes.Ldarg, state);
        }

        for (var i = 0; i < type.Parameters.Length; i++)
        {
            il.Emit(OpCodes.Ldarg, (short)i);
        }

        if (imported)
        {
            il.Emit(OpCodes.Callvirt, output.Imports[function]);
        }
        else
        {
            il.Emit(OpCodes.Ldarg, state);
            il.Emit(OpCodes.Call, output.Bodies[function - source.Imports.Length]);
        }

        il.Emit(OpCodes.Ret);
    }
}
