using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Analytics.Compiler;
using Analytics.Compiler.Resolving.Nodes;

namespace Analytics.Deployment.Planning.Selection.State;

/// <summary>
/// A manifest whose relations have the names that they have on the target of a publish. An artifact's own has those of the target that it was
/// built for, and who defers to it, or reads it as dbt's, would look in the wrong schema.
/// </summary>
internal static class TargetManifest
{
    private static readonly JsonDocumentOptions Reading = new() { MaxDepth = 256 };
    private static readonly JsonSerializerOptions Writing = new()
    {
        WriteIndented = true,
        MaxDepth = 256,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>The manifest's bytes; the very same ones when the names fit.</summary>
    public static ReadOnlyMemory<byte> Of(ReadOnlyMemory<byte> manifest, CompiledProject project)
    {
        var relations = project
            .Graph.Nodes.Where(node => node.ObjectName is not null && node is not (TestNode or UnitTestNode))
            .ToList();
        var view = ManifestView.Read(manifest);
        if (relations.TrueForAll(node => Fits(view, node)))
        {
            return manifest;
        }

        var root = JsonNode.Parse(manifest.Span, documentOptions: Reading)!;
        foreach (var node in relations)
        {
            if (root[MapOf(node)]?[node.UniqueId] is JsonObject entry)
            {
                entry["database"] = node.ObjectName!.Database;
                entry["schema"] = node.ObjectName.Schema;
                entry[node is SourceNode ? "identifier" : "alias"] = node.ObjectName.Identifier;
                if (entry["relation_name"] is not null)
                {
                    entry["relation_name"] = node.ObjectName.ToSql();
                }
            }
        }

        return JsonSerializer.SerializeToUtf8Bytes(root, Writing);
    }

    private static string MapOf(GraphNode node) =>
        node switch
        {
            SourceNode => "sources",
            FunctionNode => "functions",
            _ => "nodes",
        };

    private static bool Fits(ManifestView view, GraphNode node) =>
        view.Find(node.UniqueId) is not { } entry
        || (
            Is(entry, "database", node.ObjectName!.Database)
            && Is(entry, "schema", node.ObjectName.Schema)
            && Is(entry, node is SourceNode ? "identifier" : "alias", node.ObjectName.Identifier)
        );

    private static bool Is(JsonElement entry, string key, string value) =>
        ManifestView.At(entry, key) is { ValueKind: JsonValueKind.String } text && text.ValueEquals(value);
}
