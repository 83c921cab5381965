using System.Reflection;
using System.Reflection.Emit;
using System.Runtime.InteropServices;

namespace Analytics.PgQuery.Tests.Translation;

/// <summary>
/// A translated module in this process. Whatever it asks of its host fails, which is what a trap comes to.
/// </summary>
internal sealed unsafe class TranslatedModule : IDisposable
{
    private const int PageSize = 64 * 1024;

    private readonly byte* memory = (byte*)NativeMemory.AllocZeroed(PageSize);
    private readonly object instance;

    public TranslatedModule(byte[] assembly)
    {
        var state = Assembly.Load(assembly).GetTypes().Single(type => type.Name == "WasmInstance");
        instance = Activator.CreateInstance(Implement(state))!;
        state.GetField("Memory")!.SetValue(instance, Pointer.Box(memory, typeof(byte*)));
        state.GetField("Pages")!.SetValue(instance, 1);
        Call("Reset");
    }

    public ReadOnlySpan<byte> Memory => new(memory, PageSize);

    public object? Call(string function, params object[] arguments) =>
        instance
            .GetType()
            .GetMethod(function)!
            .Invoke(instance, BindingFlags.DoNotWrapExceptions, null, arguments, null);

    public void Dispose() => NativeMemory.Free(memory);

    private static Type Implement(Type state)
    {
        var assembly = AssemblyBuilder.DefineDynamicAssembly(new AssemblyName("Host"), AssemblyBuilderAccess.Run);
        var type = assembly.DefineDynamicModule("Host").DefineType("Host", TypeAttributes.Public, state);
        foreach (var method in state.GetMethods().Where(method => method.IsAbstract))
        {
            var il = type.DefineMethod(
                    method.Name,
                    MethodAttributes.Public | MethodAttributes.Virtual,
                    method.ReturnType,
                    [.. method.GetParameters().Select(parameter => parameter.ParameterType)]
                )
                .GetILGenerator();
            il.Emit(OpCodes.Newobj, typeof(InvalidOperationException).GetConstructor([])!);
            il.Emit(OpCodes.Throw);
        }

        return type.CreateType();
    }
}
