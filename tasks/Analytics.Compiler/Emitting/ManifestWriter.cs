using System.Buffers;
using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Analytics.Compiler.Describing;
using Analytics.Compiler.Loading.Definition;
using Analytics.Compiler.Parsing;
using Analytics.Compiler.Resolving.Configs;
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

    // What a node usually takes: the buffer is not copied again and again while it grows.
    private const int BytesPerNode = 8 * 1024;

    public static ReadOnlyMemory<byte> Write(CompiledProject project, IReadOnlyDictionary<string, ParsedModel> compiled)
    {
        var nodes = project.Graph.Nodes.OrderBy(node => node.UniqueId, StringComparer.Ordinal).ToList();
        var buffer = new ArrayBufferWriter<byte>((nodes.Count + 1) * BytesPerNode);
        using (var json = new Utf8JsonWriter(buffer, ArtifactLayout.JsonOptions))
        {
            var others = project.Description.Others();
            json.WriteStartObject();
            Metadata(json, project);
            Nodes(json, "nodes", nodes.Where(ProjectDescription.IsNode), project, compiled);
            Nodes(json, "sources", nodes.OfType<SourceNode>(), project, compiled);
            JsonValueWriter.Write(json, "macros", project.Description.Macros());
            JsonValueWriter.Write(json, "docs", project.Description.Docs());
            Nodes(json, "exposures", nodes.OfType<ExposureNode>(), project, compiled);
            JsonValueWriter.Write(json, "metrics", others["metrics"]);
            JsonValueWriter.Write(json, "groups", others["groups"]);
            JsonValueWriter.Write(json, "selectors", project.Description.Selectors());
            Disabled(json, project.Description);
            Edges(json, nodes);
            GroupMap(json, nodes);
            JsonValueWriter.Write(json, "saved_queries", others["saved_queries"]);
            JsonValueWriter.Write(json, "semantic_models", others["semantic_models"]);
            Nodes(json, "unit_tests", nodes.OfType<UnitTestNode>(), project, compiled);
            json.WriteEndObject();
        }

        return buffer.WrittenMemory;
    }

    private static void Metadata(Utf8JsonWriter json, CompiledProject project)
    {
        var name = project.Source.Root.Name;
        json.WriteStartObject("metadata");
        json.WriteString("dbt_schema_version", Schema);
        json.WriteString("dbt_version", DbtVersion.Text);
        json.WriteString("project_name", name);

        // dbt's project id is the MD5 of the name; it identifies, it guards nothing.
        json.WriteString("project_id", Convert.ToHexStringLower(MD5.HashData(Encoding.UTF8.GetBytes(name))));
        json.WriteString("adapter_type", "postgres");
        var quoting = QuotingReader.Read(project.Source.Root.Definition.Quoting);
        json.WriteStartObject("quoting");
        json.WriteBoolean("database", quoting.Database);
        json.WriteBoolean("schema", quoting.Schema);
        json.WriteBoolean("identifier", quoting.Identifier);
        json.WriteNull("column");
        json.WriteEndObject();
        json.WriteEndObject();
    }

    // A manifest is mostly its nodes: all processors write them, each node to a buffer of its own.
    private static void Nodes(
        Utf8JsonWriter json,
        string name,
        IEnumerable<GraphNode> some,
        CompiledProject project,
        IReadOnlyDictionary<string, ParsedModel> compiled
    )
    {
        ImmutableArray<GraphNode> nodes = [.. some];
        var written = new ReadOnlyMemory<byte>[nodes.Length];
        Parallel.For(
            0,
            nodes.Length,
            index =>
            {
                var parsed = compiled.GetValueOrDefault(nodes[index].UniqueId);
                written[index] = Node(project.Description.Pass(nodes[index]), parsed);
            }
        );
        json.WriteStartObject(name);
        for (var i = 0; i < nodes.Length; i++)
        {
            json.WritePropertyName(nodes[i].UniqueId);
            json.WriteRawValue(written[i].Span, skipInputValidation: true);
        }

        json.WriteEndObject();
    }

    private static ReadOnlyMemory<byte> Node(PyDict description, ParsedModel? parsed)
    {
        var buffer = new ArrayBufferWriter<byte>(BytesPerNode);
        using var json = new Utf8JsonWriter(buffer, ArtifactLayout.JsonOptions);
        json.WriteStartObject();
        foreach (var (key, value) in description)
        {
            JsonValueWriter.Write(json, (string)key!, value);
        }

        if (parsed is not null)
        {
            json.WriteBoolean("compiled", true);
            json.WriteString("compiled_code", parsed.Sql.Text);
            json.WriteBoolean("extra_ctes_injected", true);
            json.WriteStartArray("extra_ctes");
            json.WriteEndArray();
        }

        json.WriteEndObject();
        json.Flush();
        return buffer.WrittenMemory;
    }

    private static void Disabled(Utf8JsonWriter json, ProjectDescription description)
    {
        json.WriteStartObject("disabled");
        foreach (var same in description.Disabled.GroupBy(node => node.UniqueId, StringComparer.Ordinal))
        {
            json.WriteStartArray(same.Key);
            foreach (var node in same)
            {
                JsonValueWriter.Write(json, description.OfDisabled(node));
            }

            json.WriteEndArray();
        }

        json.WriteEndObject();
    }

    private static void GroupMap(Utf8JsonWriter json, List<GraphNode> nodes)
    {
        json.WriteStartObject("group_map");
        var members = nodes
            .Select(node => (Group: node.Config.Text("group"), node.UniqueId))
            .Where(member => member.Group is not null)
            .GroupBy(member => member.Group!, member => member.UniqueId, StringComparer.Ordinal);
        foreach (var group in members.OrderBy(group => group.Key, StringComparer.Ordinal))
        {
            Ids(json, group.Key, group);
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
}
