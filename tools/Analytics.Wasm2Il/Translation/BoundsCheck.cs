using System.Reflection;
using System.Reflection.Emit;
using Analytics.Wasm2Il.Binary;

namespace Analytics.Wasm2Il.Translation;

/// <summary>
/// The check of an access to the memory, as a method of its own: .NET compiles a method without optimization when it has
/// too many branches, and two branches for each access would be too many.
/// </summary>
internal static class BoundsCheck
{
    private const int PageBits = 16;

    /// <summary>Writes <c>static long check_bounds(long offset, long width, WasmInstance state)</c>.</summary>
    public static MethodBuilder Define(OutputModule output)
    {
        var type = new WasmFunctionType([WasmValueType.I64, WasmValueType.I64], WasmValueType.I64);
        var method = output.DefineStatic("check_bounds", type);
        method.SetImplementationFlags(MethodImplAttributes.AggressiveInlining);
        var il = method.GetILGenerator();
        var inside = il.DefineLabel();
        il.Emit(OpCodes.Ldarg_0);
        il.Emit(OpCodes.Ldarg_1);
        il.Emit(OpCodes.Add);
        il.Emit(OpCodes.Ldarg_2);
        il.Emit(OpCodes.Ldfld, output.Pages);
        il.Emit(OpCodes.Conv_U8);
        il.Emit(OpCodes.Ldc_I4, PageBits);
        il.Emit(OpCodes.Shl);
        il.Emit(OpCodes.Ble_Un, inside);
        il.Emit(OpCodes.Ldarg_2);
        il.Emit(OpCodes.Callvirt, output.OutOfBounds);
        il.MarkLabel(inside);
        il.Emit(OpCodes.Ldarg_0);
        il.Emit(OpCodes.Ret);
        return method;
    }
}
