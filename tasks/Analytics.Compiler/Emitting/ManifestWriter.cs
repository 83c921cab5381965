using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Analytics.Compiler.Describing;
using Analytics.Compiler.Parsing;
using Analytics.Compiler.Resolving.Nodes;
using Analytics.Jinja.Values;

namespace Analytics.Compiler.Emitting;

/// <summary>
/// Writes dbt's <c>manifest.json</c>, version 12: the project's description, with the compiled SQL beside each template.
/// Times and ids of the run are left out: the bytes depend on the input only.
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
            var graph = project.Description.Graph;
            json.WriteStartObject();
            Metadata(json, project);
            Nodes(json, (PyDict)graph["nodes"]!, compiled);
            JsonValueWriter.Write(json, "sources", graph["sources"]);
            JsonValueWriter.Write(json, "macros", ResourceDescription.Macros(project.Source));
            JsonValueWriter.Write(json, "docs", ResourceDescription.Docs(project.Source));
            JsonValueWriter.Write(json, "exposures", graph["exposures"]);
            JsonValueWriter.Write(json, "metrics", graph["metrics"]);
            JsonValueWriter.Write(json, "groups", graph["groups"]);
            Empty(json, "selectors", "disabled");
            Edges(json, nodes);
            Empty(json, "group_map");
            JsonValueWriter.Write(json, "saved_queries", graph["saved_queries"]);
            JsonValueWriter.Write(json, "semantic_models", graph["semantic_models"]);
            Empty(json, "unit_tests");
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

    private static void Nodes(Utf8JsonWriter json, PyDict nodes, IReadOnlyDictionary<string, ParsedModel> compiled)
    {
        json.WriteStartObject("nodes");
        foreach (var (id, node) in nodes)
        {
            json.WriteStartObject((string)id!);
            foreach (var (key, value) in (PyDict)node!)
            {
                JsonValueWriter.Write(json, (string)key!, value);
            }

            if (compiled.TryGetValue((string)id!, out var parsed))
            {
                json.WriteBoolean("compiled", true);
                json.WriteString("compiled_code", parsed.Sql.Text);
                json.WriteBoolean("extra_ctes_injected", true);
                json.WriteStartArray("extra_ctes");
                json.WriteEndArray();
            }

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
