using System.Text.RegularExpressions;
using Analytics.Wasm2Il.Binary;

namespace Analytics.Wasm2Il.Translation;

/// <summary>
/// The names that the C sources give to imports and exports. Emscripten shortens them to one letter in the module and
/// keeps the long ones in the JavaScript that it writes beside it.
/// </summary>
internal sealed partial class HostNames
{
    private readonly Dictionary<string, string> imports = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> exports = new(StringComparer.Ordinal);

    public HostNames(string javaScript)
    {
        var list = ImportList().Match(javaScript);
        foreach (Match pair in ImportPair().Matches(list.Groups["list"].Value))
        {
            imports[pair.Groups["short"].Value] = pair.Groups["long"].Value.TrimStart('_');
        }

        foreach (Match pair in ExportPair().Matches(javaScript))
        {
            exports[pair.Groups["short"].Value] = pair.Groups["long"].Value.TrimStart('_');
        }
    }

    public string Of(WasmImport import) =>
        imports.TryGetValue(import.Name, out var name)
            ? name
            : throw new InvalidDataException($"The JavaScript does not name the import {import.Name}.");

    /// <summary>The name of an exported function; its short name for one that only the JavaScript's start-up calls.</summary>
    public string Of(WasmExport export) => exports.GetValueOrDefault(export.Name, export.Name);

    [GeneratedRegex(@"wasmImports=\{(?<list>[^}]*)\}")]
    private static partial Regex ImportList();

    [GeneratedRegex(@"(?<short>\w+):(?<long>\w+)")]
    private static partial Regex ImportPair();

    [GeneratedRegex("""(?<long>\w+)=(?:Module\["\w+"\]=)?wasmExports\["(?<short>\w+)"\]""")]
    private static partial Regex ExportPair();
}
