using Analytics.Compiler.Loading.Yaml;
using Analytics.Compiler.Resolving.Nodes;
using Analytics.Jinja.Values;

namespace Analytics.Compiler.Describing;

/// <summary>Describes the tables of sources.</summary>
internal static class SourceDescription
{
    public static PyDict Of(SourceNode source)
    {
        var config = ConfigDescription.Of(source);
        config.TryGet("meta", out var meta);
        config.TryGet("tags", out var tags);
        var file = source.Span.File.Path;
        return new PyDict
        {
            { "database", source.Relation.Database },
            { "schema", source.Relation.Schema },
            { "name", source.Name },
            { "resource_type", "source" },
            { "package_name", source.Package },
            { "path", file },
            { "original_file_path", file },
            { "unique_id", source.UniqueId },
            { "fqn", new PyList(source.Fqn) },
            { "source_name", source.Table.SourceName },
            { "source_description", source.Table.SourceDescription },
            { "loader", string.Empty },
            { "identifier", source.Relation.Identifier },
            {
                "quoting",
                new PyDict
                {
                    { "database", null },
                    { "schema", null },
                    { "identifier", null },
                    { "column", null },
                }
            },
            { "loaded_at_field", null },
            { "loaded_at_query", null },
            { "freshness", null },
            { "external", source.Table.RawTable["external"] is { } external ? YamlValues.ToNative(external) : null },
            { "description", source.Description },
            { "columns", ColumnDescription.Of(source.Columns) },
            { "meta", meta },
            { "source_meta", new PyDict() },
            { "tags", tags },
            { "config", config },
            { "patch_path", null },
            { "unrendered_config", new PyDict() },
            { "relation_name", source.Relation.ToSql() },
            { "doc_blocks", new PyList() },
        };
    }
}
