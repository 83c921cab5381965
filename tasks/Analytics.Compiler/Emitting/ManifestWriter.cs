using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Analytics.Compiler.Parsing;
using Analytics.Compiler.Resolving.Nodes;

namespace Analytics.Compiler.Emitting;

/// <summary>
/// Writes dbt's <c>manifest.json</c>, version 12. Times and ids of the run are left out: the bytes depend on the input only.
/// </summary>
internal static class ManifestWriter
{
    private const string Schema = "https://schemas.getdbt.com/dbt/manifest/v12.json";

    public static byte[] Write(CompiledProject project, IReadOnlyDictionary<string, ParsedModel> compiled)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream, ArtifactLayout.JsonOptions))
        {
            var nodes = project.Graph.Nodes.OrderBy(node => node.UniqueId, StringComparer.Ordinal).ToList();
            var writer = new ManifestNodeWriter(json, compiled);
            json.WriteStartObject();
            Metadata(json, project);
            json.WriteStartObject("nodes");
            foreach (var node in nodes.Where(node => node is not SourceNode))
            {
                writer.Node(node);
            }

            json.WriteEndObject();
            json.WriteStartObject("sources");
            foreach (var source in nodes.OfType<SourceNode>())
            {
                writer.Source(source);
            }

            json.WriteEndObject();
            Macros(json, project);
            Empty(json, "docs", "exposures", "metrics", "groups", "selectors", "disabled");
            Edges(json, nodes);
            Empty(json, "group_map", "saved_queries", "semantic_models", "unit_tests");
            json.WriteEndObject();
        }

        return stream.ToArray();
    }

    private static void Metadata(Utf8JsonWriter json, CompiledProject project)
    {
        var name = project.Source.Root.Name;
        json.WriteStartObject("metadata");
        json.WriteString("dbt_schema_version", Schema);
        json.WriteString("dbt_version", "1.12.3");
        json.WriteString("project_name", name);

        // dbt's project id is the MD5 of the name; it identifies, it guards nothing.
        json.WriteString("project_id", Convert.ToHexStringLower(MD5.HashData(Encoding.UTF8.GetBytes(name))));
        json.WriteString("adapter_type", "postgres");
        json.WriteEndObject();
    }

    private static void Macros(Utf8JsonWriter json, CompiledProject project)
    {
        json.WriteStartObject("macros");
        var macros = project
            .Source.All.SelectMany(package => package.Macros)
            .OrderBy(macro => $"macro.{macro.Package}.{macro.Name}", StringComparer.Ordinal);
        foreach (var macro in macros)
        {
            json.WriteStartObject($"macro.{macro.Package}.{macro.Name}");
            json.WriteString("name", macro.Name);
            json.WriteString("resource_type", "macro");
            json.WriteString("package_name", macro.Package);
            json.WriteString("path", macro.Block.File.Path);
            json.WriteString("original_file_path", macro.Block.File.Path);
            json.WriteString("unique_id", $"macro.{macro.Package}.{macro.Name}");
            json.WriteString("macro_sql", macro.Block.Text);
            json.WriteEndObject();
        }

        json.WriteEndObject();
    }

    private static void Edges(Utf8JsonWriter json, List<GraphNode> nodes)
    {
        json.WriteStartObject("parent_map");
        foreach (var node in nodes)
        {
            Ids(json, node.UniqueId, node.DependsOn);
        }

        json.WriteEndObject();
        var children = nodes
            .SelectMany(node => node.DependsOn.Select(parent => (Parent: parent, Child: node.UniqueId)))
            .ToLookup(edge => edge.Parent, edge => edge.Child, StringComparer.Ordinal);
        json.WriteStartObject("child_map");
        foreach (var node in nodes)
        {
            Ids(json, node.UniqueId, children[node.UniqueId].Order(StringComparer.Ordinal));
        }

        json.WriteEndObject();
    }

    private static void Ids(Utf8JsonWriter json, string key, IEnumerable<string> ids)
    {
        json.WriteStartArray(key);
        foreach (var id in ids)
        {
            json.WriteStringValue(id);
        }

        json.WriteEndArray();
    }

    private static void Empty(Utf8JsonWriter json, params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
        {
            json.WriteStartObject(name);
            json.WriteEndObject();
        }
    }
}
