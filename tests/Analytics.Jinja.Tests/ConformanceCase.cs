using System.Text.Json;
using Analytics.Jinja.Values;

namespace Analytics.Jinja.Tests;

/// <summary>One case of the data files in Conformance; regenerate.py there explains the fields.</summary>
public sealed record ConformanceCase(
    string File,
    string Name,
    string Template,
    PyDict Context,
    string? Expected,
    string? Error,
    string? Mode,
    string? Macros
)
{
    public static IReadOnlyList<ConformanceCase> Load()
    {
        var folder = Path.Combine(AppContext.BaseDirectory, "Conformance");
        return Directory.EnumerateFiles(folder, "*.json").Order(StringComparer.Ordinal).SelectMany(LoadFile).ToList();
    }

    private static IEnumerable<ConformanceCase> LoadFile(string path)
    {
        using var document = JsonDocument.Parse(System.IO.File.ReadAllText(path));
        return document
            .RootElement.EnumerateArray()
            .Select(c => new ConformanceCase(
                Path.GetFileName(path),
                Text(c, "name")!,
                Text(c, "template")!,
                c.TryGetProperty("context", out var context)
                    ? (PyDict)PyJson.LoadText(context.GetRawText())!
                    : new PyDict(),
                Text(c, "expected"),
                Text(c, "error"),
                Text(c, "mode"),
                Text(c, "macros")
            ))
            .ToList();
    }

    private static string? Text(JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) ? value.GetString() : null;
}
