using System.Buffers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Analytics.Compiler.Describing;
using Analytics.Compiler.Loading.Definition;
using Analytics.Compiler.Parsing;
using Analytics.Compiler.Resolving.Configs;
using Analytics.Compiler.Resolving.Nodes;

namespace Analytics.Compiler.Emitting;

/// <summary>
/// Writes dbt's <c>manifest.json</c>, version 12: the project's description, with the compiled SQL beside each template.
/// Times and ids of the run are left out: the bytes depend on the input only.
/// </summary>
internal static class ManifestWriter
{
    private const string Schema = "https://schemas.getdbt.com/dbt/manifest/v12.json";

    public static ReadOnlySequence<byte> Write(
        CompiledProject project,
        IReadOnlyDictionary<string, ParsedModel> compiled,
        ArtifactBuffers buffers
    )
    {
        var nodes = project.Graph.Nodes.OrderBy(node => node.UniqueId, StringComparer.Ordinal).ToList();
        var map = new NodeMap(project.Description, compiled, buffers);
        var buffer = buffers.New();
        using (var json = new Utf8JsonWriter((IBufferWriter<byte>)buffer, ArtifactLayout.JsonOptions))
        {
            var others = project.Description.Others();
            json.WriteStartObject();
            Metadata(json, project);
            map.Write(json, buffer, "nodes", nodes.Where(ProjectDescription.IsNode));
            map.Write(json, buffer, "sources", nodes.OfType<SourceNode>());
            JsonValueWriter.Write(json, "macros", project.Description.Macros());
            JsonValueWriter.Write(json, "docs", project.Description.Docs());
            map.Write(json, buffer, "exposures", nodes.OfType<ExposureNode>());
            JsonValueWriter.Write(json, "metrics", others["metrics"]);
            JsonValueWriter.Write(json, "groups", others["groups"]);
            JsonValueWriter.Write(json, "selectors", project.Description.Selectors());
            Disabled(json, project.Description);
            Edges(json, nodes);
            GroupMap(json, nodes);
            JsonValueWriter.Write(json, "saved_queries", others["saved_queries"]);
            JsonValueWriter.Write(json, "semantic_models", others["semantic_models"]);
            map.Write(json, buffer, "unit_tests", nodes.OfType<UnitTestNode>());
            map.Write(json, buffer, "functions", nodes.OfType<FunctionNode>());
            json.WriteEndObject();
        }

        return buffer.GetReadOnlySequence();
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
