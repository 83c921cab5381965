using System.Text.Json;
using Analytics.Compiler.Resolving.Nodes;
using Analytics.Deployment.Reporting;

namespace Analytics.Deployment.Cataloguing;

/// <summary>Writes dbt's <c>catalog.json</c>, version 1.</summary>
internal static class CatalogWriter
{
    /// <summary>The file's bytes.</summary>
    /// <param name="entries">Nodes and sources that the database has, ordinally by unique id.</param>
    /// <param name="invocation">The run.</param>
    /// <param name="endedAt">When it ended.</param>
    public static byte[] Write(
        IReadOnlyList<(RelationNode Node, CatalogTable Table)> entries,
        Invocation invocation,
        DateTimeOffset endedAt
    ) =>
        ArtifactJson.Write(
            "catalog/v1",
            invocation,
            endedAt,
            json =>
            {
                Map(json, "nodes", entries.Where(entry => entry.Node is not SourceNode));
                Map(json, "sources", entries.Where(entry => entry.Node is SourceNode));
                json.WriteNull("errors");
            }
        );

    private static void Map(
        Utf8JsonWriter json,
        string name,
        IEnumerable<(RelationNode Node, CatalogTable Table)> entries
    )
    {
        json.WriteStartObject(name);
        foreach (var (node, table) in entries)
        {
            json.WriteStartObject(node.UniqueId);
            json.WriteStartObject("metadata");
            json.WriteString("type", table.Type);
            json.WriteString("schema", node.Relation.Schema);
            json.WriteString("name", node.Relation.Identifier);
            json.WriteString("database", node.Relation.Database);
            json.WriteString("comment", table.Comment);
            json.WriteString("owner", table.Owner);
            json.WriteEndObject();
            Columns(json, table);
            Stats(json);
            json.WriteString("unique_id", node.UniqueId);
            json.WriteEndObject();
        }

        json.WriteEndObject();
    }

    private static void Columns(Utf8JsonWriter json, CatalogTable table)
    {
        json.WriteStartObject("columns");
        foreach (var column in table.Columns)
        {
            json.WriteStartObject(column.Name);
            json.WriteString("type", column.Type);
            json.WriteNumber("index", column.Index);
            json.WriteString("name", column.Name);
            json.WriteString("comment", column.Comment);
            json.WriteEndObject();
        }

        json.WriteEndObject();
    }

    // dbt has no statistics on PostgreSQL, and says so with one entry.
    private static void Stats(Utf8JsonWriter json)
    {
        json.WriteStartObject("stats");
        json.WriteStartObject("has_stats");
        json.WriteString("id", "has_stats");
        json.WriteString("label", "Has Stats?");
        json.WriteBoolean("value", false);
        json.WriteBoolean("include", false);
        json.WriteString("description", "Indicates whether there are statistics for this table");
        json.WriteEndObject();
        json.WriteEndObject();
    }
}
