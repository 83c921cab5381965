using Analytics.Compiler.Loading.Resources;
using Analytics.Compiler.Loading.Yaml;
using Analytics.Compiler.Resolving.Nodes;
using Analytics.Jinja.Values;

namespace Analytics.Compiler.Describing;

/// <summary>Describes the tables of sources.</summary>
internal static class SourceDescription
{
    public static PyDict Of(SourceNode source, DocBlocks docs)
    {
        var config = ConfigDescription.Of(source);
        config.TryGet("meta", out var meta);
        config.TryGet("tags", out var tags);
        var file = source.Span.File.Path;
        var freshness = Freshness(source.Freshness);
        config["freshness"] = freshness?.Copy();
        config["loaded_at_field"] = source.LoadedAtField;
        config["loaded_at_query"] = source.LoadedAtQuery;
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
            { "source_description", source.SourceDescription },
            { "loader", source.Loader },
            { "identifier", source.Relation.Identifier },
            { "quoting", Quoting(source.Table) },
            { "loaded_at_field", source.LoadedAtField },
            { "loaded_at_query", source.LoadedAtQuery },
            { "freshness", freshness },
            { "external", source.Table.RawTable["external"] is { } external ? YamlValues.ToNative(external) : null },
            { "description", source.Description },
            { "columns", ColumnDescription.Of(source.Columns, source.Package, docs) },
            { "meta", meta },
            { "source_meta", SourceMeta(source.Table) },
            { "tags", tags },
            { "config", config },
            { "patch_path", null },
            { "unrendered_config", ConfigDescription.Unrendered(source) },
            { "relation_name", source.Quoting.ToSql(source.Relation) },
            { "unrendered_database", source.Table.Database?.Text },
            { "unrendered_schema", source.Table.Schema?.Text },
            { "doc_blocks", docs.In(source.Package, source.Table.Description) },
        };
    }

    private static PyDict SourceMeta(SourceTable table) =>
        table.SourceConfig?["meta"] is YamlMapping meta ? YamlValues.ToDict(meta) : [];

    // What the YAML says: a part that nobody mentions is null, whatever the project's own rule.
    private static PyDict Quoting(SourceTable table)
    {
        var quoting = new PyDict();
        foreach (var key in (ReadOnlySpan<string>)["database", "schema", "identifier", "column"])
        {
            var said =
                (table.RawTable["quoting"] as YamlMapping)?[key] ?? (table.RawSource["quoting"] as YamlMapping)?[key];
            quoting[key] = said is null ? null : YamlValues.ToNative(said);
        }

        return quoting;
    }

    private static PyDict? Freshness(SourceFreshness? freshness) =>
        freshness is null
            ? null
            : new PyDict
            {
                { "warn_after", Limit(freshness.WarnAfter) },
                { "error_after", Limit(freshness.ErrorAfter) },
                { "filter", freshness.Filter },
            };

    private static PyDict Limit(FreshnessLimit? limit) =>
        new() { { "count", limit?.Count }, { "period", limit?.Period.ToString().ToLowerInvariant() } };
}
