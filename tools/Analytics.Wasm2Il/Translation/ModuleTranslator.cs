using System.Reflection;
using System.Reflection.Emit;
using Analytics.Wasm2Il.Binary;

namespace Analytics.Wasm2Il.Translation;

/// <summary>Makes an assembly of a WebAssembly module.</summary>
internal static class ModuleTranslator
{
    /// <summary>The bytes of the assembly. The same input gives the same bytes.</summary>
    public static byte[] Translate(byte[] wasm, string javaScript, string referenceFolder, TranslationOptions options)
    {
        using var framework = new FrameworkTypes(referenceFolder);
        var source = new WasmModuleReader(wasm).Read();
        var names = new HostNames(javaScript);
        var assembly = new PersistedAssemblyBuilder(
            new AssemblyName(options.Namespace) { Version = new Version(1, 0, 0, 0) },
            framework.CoreAssembly
        );
        var module = assembly.DefineDynamicModule(options.Namespace);
        var output = new OutputModule(module, source, framework, names, options);
        for (var i = 0; i < source.Functions.Length; i++)
        {
            FunctionTranslator.Translate(output, wasm, source.Functions[i], output.Bodies[i]);
        }

        new StateWriter(output, module, names, wasm).Write();
        output.State.CreateType();
        output.Functions.CreateType();
        module.CreateGlobalFunctions();
        return AssemblyImage.Write(assembly);
    }
}
