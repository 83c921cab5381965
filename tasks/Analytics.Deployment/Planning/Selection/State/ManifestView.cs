using System.Text.Json;

namespace Analytics.Deployment.Planning.Selection.State;

/// <summary>Reads a <c>manifest.json</c>, dbt's or ours, by unique id.</summary>
internal sealed class ManifestView
{
    // The last ones hold fewer keys, and nothing else makes them differ here.
    private static readonly string[] Maps = ["nodes", "sources", "exposures", "unit_tests", "functions"];
    private static readonly JsonDocumentOptions Options = new() { MaxDepth = 256 };

    private readonly Dictionary<string, JsonElement> nodes = new(StringComparer.Ordinal);

    private ManifestView(JsonElement root)
    {
        foreach (var map in Maps)
        {
            foreach (var (id, node) in Entries(root, map))
            {
                nodes[id] = node;
            }
        }

        Macros = Entries(root, "macros").ToDictionary(entry => entry.Id, entry => entry.Value, StringComparer.Ordinal);
    }

    /// <summary>The macros by unique id.</summary>
    public IReadOnlyDictionary<string, JsonElement> Macros { get; }

    /// <summary>Reads a manifest.</summary>
    /// <exception cref="JsonException">It is no JSON.</exception>
    public static ManifestView Read(ReadOnlyMemory<byte> json) => new(JsonElement.Parse(json.Span, Options));

    /// <summary>What the manifest says of a node; null when it is not in it.</summary>
    public JsonElement? Find(string uniqueId) => nodes.TryGetValue(uniqueId, out var node) ? node : null;

    /// <summary>A part of an object; undefined when it is none, or has no such part.</summary>
    public static JsonElement At(JsonElement element, params ReadOnlySpan<string> path)
    {
        foreach (var key in path)
        {
            if (element.ValueKind != JsonValueKind.Object || !element.TryGetProperty(key, out element))
            {
                return default;
            }
        }

        return element;
    }

    /// <summary>The texts of a list; empty when it is none.</summary>
    public static IEnumerable<string> Texts(JsonElement element) =>
        element.ValueKind == JsonValueKind.Array
            ? element
                .EnumerateArray()
                .Where(item => item.ValueKind == JsonValueKind.String)
                .Select(item => item.GetString()!)
            : [];

    private static IEnumerable<(string Id, JsonElement Value)> Entries(JsonElement root, string map) =>
        At(root, map) is { ValueKind: JsonValueKind.Object } entries
            ? entries.EnumerateObject().Select(entry => (entry.Name, entry.Value)).DistinctBy(entry => entry.Name)
            : [];
}
