using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Analytics.Compiler.Loading.Resources;
using Analytics.Compiler.Parsing;
using Analytics.Compiler.Resolving.Nodes;
using Analytics.Jinja.Values;

namespace Analytics.Compiler.Emitting;

/// <summary>Writes the nodes and sources of a manifest.</summary>
internal sealed class ManifestNodeWriter(Utf8JsonWriter json, IReadOnlyDictionary<string, ParsedModel> compiled)
{
    public void Node(GraphNode node)
    {
        json.WriteStartObject(node.UniqueId);
        switch (node)
        {
            case ModelNode model:
                Start(model, model.Resource.RelativePath, model.Resource.File.Path);
                Checksum("sha256", model.Resource.File.Text);
                Compiled(model, model.Resource.Body.Text);
                break;
            case SnapshotNode snapshot:
                Start(snapshot, snapshot.Resource.RelativePath, snapshot.Resource.File.Path);
                Checksum("sha256", snapshot.Resource.File.Text);
                Compiled(snapshot, snapshot.Resource.Body.Text);
                break;
            case SeedNode seed:
                Start(seed, seed.Resource.RelativePath, seed.Resource.File.Path);
                Checksum("sha256", seed.Resource.File.Text);
                break;
            case TestNode test:
                Test(test);
                break;
        }

        json.WriteEndObject();
    }

    public void Source(SourceNode source)
    {
        json.WriteStartObject(source.UniqueId);
        json.WriteString("database", source.Relation.Database);
        json.WriteString("schema", source.Relation.Schema);
        json.WriteString("name", source.Name);
        json.WriteString("resource_type", "source");
        json.WriteString("package_name", source.Package);
        json.WriteString("path", source.Span.File.Path);
        json.WriteString("original_file_path", source.Span.File.Path);
        json.WriteString("unique_id", source.UniqueId);
        Texts("fqn", source.Fqn);
        json.WriteString("source_name", source.Table.SourceName);
        json.WriteString("source_description", source.Table.SourceDescription);
        json.WriteString("loader", string.Empty);
        json.WriteString("identifier", source.Relation.Identifier);
        json.WriteString("description", source.Description);
        json.WriteString("relation_name", source.Relation.ToSql());
        Columns(source.Columns);
        json.WriteEndObject();
    }

    private void Test(TestNode test)
    {
        var path = test.Singular?.RelativePath ?? $"{test.Name}.sql";
        json.WriteString("database", string.Empty);
        json.WriteString("schema", "dbt_test__audit");
        Base(test, path, test.Span.File.Path);
        json.WriteString("alias", test.Name);
        if (test.Singular is { } singular)
        {
            Checksum("sha256", singular.File.Text);
        }
        else
        {
            Checksum("none", null);
        }

        Config(test, "test");
        DependsOn(test);
        if (compiled.TryGetValue(test.UniqueId, out var parsed))
        {
            json.WriteBoolean("compiled", true);
            json.WriteString("compiled_code", parsed.Sql.Text);
        }

        if (test.Generic is { } use)
        {
            json.WriteString("column_name", use.Column);
            json.WriteString("attached_node", use.AttachedNode);
            json.WriteStartObject("test_metadata");
            json.WriteString("name", use.Declaration.TestName);
            json.WriteStartObject("kwargs");
            foreach (var (name, value) in use.Arguments)
            {
                json.WritePropertyName(name);
                Value(value);
            }

            json.WriteEndObject();
            json.WriteString("namespace", use.Declaration.Namespace);
            json.WriteEndObject();
        }
    }

    private void Start(RelationNode node, string path, string originalPath)
    {
        json.WriteString("database", node.Relation.Database);
        json.WriteString("schema", node.Relation.Schema);
        Base(node, path, originalPath);
        json.WriteString("alias", node.Relation.Identifier);
        var materialized = node switch
        {
            ModelNode model => model.Materialization.ToString().ToLowerInvariant(),
            SeedNode => "seed",
            _ => "snapshot",
        };
        Config(node, materialized);
        Columns(node.Columns);
        var isEphemeral = node is ModelNode { Materialization: Materialization.Ephemeral };
        json.WriteString("relation_name", isEphemeral ? null : node.Relation.ToSql());
    }

    private void Base(GraphNode node, string path, string originalPath)
    {
        json.WriteString("name", node.Name);
        json.WriteString("resource_type", node.Kind.ToString().ToLowerInvariant());
        json.WriteString("package_name", node.Package);
        json.WriteString("path", path);
        json.WriteString("original_file_path", originalPath);
        json.WriteString("unique_id", node.UniqueId);
        Texts("fqn", node.Fqn);
        json.WriteString("description", node.Description);
    }

    private void Compiled(RelationNode node, string rawCode)
    {
        DependsOn(node);
        json.WriteString("language", "sql");
        json.WriteString("raw_code", rawCode);
        if (compiled.TryGetValue(node.UniqueId, out var parsed))
        {
            json.WriteBoolean("compiled", true);
            json.WriteString("compiled_code", parsed.Sql.Text);
        }
    }

    private void DependsOn(GraphNode node)
    {
        json.WriteStartObject("depends_on");
        Texts("macros", []);
        Texts("nodes", node.DependsOn);
        json.WriteEndObject();
    }

    private void Config(GraphNode node, string materialized)
    {
        json.WriteStartObject("config");
        json.WriteString("materialized", materialized);
        foreach (var (key, value) in node.Config.Values)
        {
            if (key != "materialized")
            {
                json.WritePropertyName(key);
                Value(value);
            }
        }

        json.WriteEndObject();
    }

    private void Columns(ImmutableArray<ColumnProperties> columns)
    {
        json.WriteStartObject("columns");
        foreach (var column in columns.DistinctBy(column => column.Name, StringComparer.Ordinal))
        {
            json.WriteStartObject(column.Name);
            json.WriteString("name", column.Name);
            json.WriteString("description", column.Description);
            json.WriteString("data_type", column.DataType);
            json.WriteEndObject();
        }

        json.WriteEndObject();
    }

    // dbt hashes the text without the white space around it.
    private void Checksum(string name, string? text)
    {
        json.WriteStartObject("checksum");
        json.WriteString("name", name);
        json.WriteString(
            "checksum",
            text is null ? string.Empty : Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.Trim())))
        );
        json.WriteEndObject();
    }

    private void Texts(string name, IEnumerable<string> texts)
    {
        json.WriteStartArray(name);
        foreach (var text in texts)
        {
            json.WriteStringValue(text);
        }

        json.WriteEndArray();
    }

    private void Value(object? value)
    {
        switch (value)
        {
            case null:
                json.WriteNullValue();
                break;
            case bool flag:
                json.WriteBooleanValue(flag);
                break;
            case long number:
                json.WriteNumberValue(number);
                break;
            case double number when double.IsFinite(number):
                json.WriteNumberValue(number);
                break;
            case PyDict dict:
                json.WriteStartObject();
                foreach (var (key, item) in dict)
                {
                    json.WritePropertyName(PyText.Str(key));
                    Value(item);
                }

                json.WriteEndObject();
                break;
            case PyList or PyTuple:
                json.WriteStartArray();
                foreach (var item in (IReadOnlyList<object?>)value)
                {
                    Value(item);
                }

                json.WriteEndArray();
                break;
            default:
                json.WriteStringValue(PyText.Str(value));
                break;
        }
    }
}
