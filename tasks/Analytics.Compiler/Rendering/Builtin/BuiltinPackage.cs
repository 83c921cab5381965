using System.Collections.Frozen;
using System.Reflection;
using Analytics.Jinja;
using Analytics.Text;

namespace Analytics.Compiler.Rendering.Builtin;

/// <summary>
/// The package <c>dbt</c>: the built-in generic tests, the naming macros and the cross-database macros, for PostgreSQL
/// only. Its files are embedded in this assembly.
/// </summary>
internal static class BuiltinPackage
{
    public const string Name = "dbt";

    public static FrozenDictionary<string, MacroValue> Macros { get; } = Load();

    private static FrozenDictionary<string, MacroValue> Load()
    {
        var assembly = Assembly.GetExecutingAssembly();
        var macros = new Dictionary<string, MacroValue>(StringComparer.Ordinal);
        foreach (var resource in assembly.GetManifestResourceNames().Where(IsMacroFile).Order(StringComparer.Ordinal))
        {
            using var stream = assembly.GetManifestResourceStream(resource)!;
            using var reader = new StreamReader(stream);
            foreach (
                var block in BlockScanner.Scan(new SourceFile(resource, reader.ReadToEnd()), BlockKinds.Macros).Blocks
            )
            {
                var name = block.Kind == BlockKinds.Test ? $"test_{block.Name}" : block.Name;
                macros.Add(name, new MacroValue(MacroDefinition.Parse(block)));
            }
        }

        return macros.ToFrozenDictionary(StringComparer.Ordinal);
    }

    private static bool IsMacroFile(string resource) =>
        resource.StartsWith("dbt/", StringComparison.Ordinal) && resource.EndsWith(".sql", StringComparison.Ordinal);
}
