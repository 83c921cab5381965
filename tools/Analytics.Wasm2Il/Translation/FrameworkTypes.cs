using System.Reflection;
using Analytics.Wasm2Il.Binary;

namespace Analytics.Wasm2Il.Translation;

/// <summary>
/// The types and methods of .NET that the output refers to, taken from reference assemblies, so that the output fits the
/// .NET it is built for and not the one that this tool happens to run on.
/// </summary>
internal sealed class FrameworkTypes : IDisposable
{
    private readonly MetadataLoadContext context;

    public FrameworkTypes(string referenceFolder)
    {
        var files = Directory.EnumerateFiles(referenceFolder, "*.dll").Order(StringComparer.Ordinal);
        context = new MetadataLoadContext(new PathAssemblyResolver(files), "System.Runtime");
        Object = Type("System.Object");
        Void = Type("System.Void");
        Int32 = Type("System.Int32");
        Int64 = Type("System.Int64");
        Single = Type("System.Single");
        Double = Type("System.Double");
        UIntPtr = Type("System.UIntPtr");
        BytePointer = Type("System.Byte").MakePointerType();
    }

    public Assembly CoreAssembly => context.CoreAssembly!;

    public Type Object { get; }

    public Type Void { get; }

    public Type Int32 { get; }

    public Type Int64 { get; }

    public Type Single { get; }

    public Type Double { get; }

    public Type UIntPtr { get; }

    public Type BytePointer { get; }

    public Type Of(WasmValueType? type) =>
        type switch
        {
            WasmValueType.I32 => Int32,
            WasmValueType.I64 => Int64,
            WasmValueType.F32 => Single,
            WasmValueType.F64 => Double,
            _ => Void,
        };

    public Type Type(string name) => context.CoreAssembly!.GetType(name, throwOnError: true)!;

    public MethodInfo Method(string type, string name, params string[] parameters) =>
        Type(type).GetMethod(name, [.. parameters.Select(Parameter)])
        ?? throw new InvalidDataException($"{type}.{name} is not in the reference assemblies.");

    public ConstructorInfo Constructor(string type, params string[] parameters) =>
        Type(type)
            .GetConstructor(
                BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic,
                null,
                [.. parameters.Select(Parameter)],
                null
            )
        ?? throw new InvalidDataException($"{type} has no such constructor in the reference assemblies.");

    public void Dispose() => context.Dispose();

    private Type Parameter(string name) => name == "void*" ? Void.MakePointerType() : Type(name);
}
