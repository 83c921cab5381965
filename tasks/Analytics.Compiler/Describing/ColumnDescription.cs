using System.Collections.Immutable;
using Analytics.Compiler.Loading.Resources;
using Analytics.Compiler.Loading.Yaml;
using Analytics.Jinja.Values;

namespace Analytics.Compiler.Describing;

/// <summary>The <c>columns</c> of a description: what YAML declares, by name in its order.</summary>
internal static class ColumnDescription
{
    public static PyDict Of(ImmutableArray<ColumnProperties> columns, string package, DocBlocks docs)
    {
        var described = new PyDict();
        foreach (var column in columns)
        {
            described[column.Name] = Of(column, package, docs);
        }

        return described;
    }

    private static PyDict Of(ColumnProperties column, string package, DocBlocks docs)
    {
        var config = column.Raw["config"] as YamlMapping;
        var meta = Native(config?["meta"] ?? column.Raw["meta"]) as PyDict ?? [];
        var tags = Native(config?["tags"] ?? column.Raw["tags"]);
        var list = tags as PyList ?? (tags is null ? [] : new PyList([tags]));
        return new PyDict
        {
            { "name", column.Name },
            { "description", column.Description },
            { "meta", meta },
            { "data_type", column.DataType },
            { "constraints", Constraints(column.Raw["constraints"]) },
            { "quote", column.Raw["quote"] is null ? null : column.Quote },
            {
                "config",
                new PyDict { { "meta", meta.Copy() }, { "tags", new PyList(list) } }
            },
            { "tags", list },
            { "granularity", Native(column.Raw["granularity"]) },
            { "doc_blocks", docs.In(package, (column.Raw["description"] as YamlScalar)?.Text) },
        };
    }

    /// <summary>Constraints in dbt's full form.</summary>
    public static PyList Constraints(YamlNode? node)
    {
        var constraints = new PyList();
        foreach (var entry in (node as YamlSequence)?.Items ?? [])
        {
            if (entry is not YamlMapping mapping)
            {
                continue;
            }

            var constraint = new PyDict
            {
                { "type", null },
                { "name", null },
                { "expression", null },
                { "warn_unenforced", true },
                { "warn_unsupported", true },
                { "to", null },
                { "to_columns", new PyList() },
            };
            foreach (var part in mapping.Entries)
            {
                constraint[part.Key] = YamlValues.ToNative(part.Value);
            }

            constraints.Add(constraint);
        }

        return constraints;
    }

    private static object? Native(YamlNode? node) => node is null ? null : YamlValues.ToNative(node);
}
