using System.Collections.Immutable;
using Analytics.Compiler.Loading.Resources;
using Analytics.Compiler.Loading.Shapes;
using Analytics.Compiler.Loading.Yaml;

namespace Analytics.Compiler.Loading.Properties;

/// <summary>Reads <c>sources:</c>.</summary>
internal sealed class SourceReader(
    string package,
    ShapeReader shapes,
    ColumnReader columns,
    TestDeclarationReader tests
)
{
    private sealed record Header(
        YamlMapping Raw,
        YamlScalar Name,
        YamlScalar? Database,
        YamlScalar Schema,
        string Description,
        YamlMapping? Config
    );

    private readonly ImmutableArray<SourceTable>.Builder tables = ImmutableArray.CreateBuilder<SourceTable>();

    private readonly ImmutableArray<YamlMapping>.Builder overrides = ImmutableArray.CreateBuilder<YamlMapping>();

    public ImmutableArray<SourceTable> Tables => tables.ToImmutable();

    /// <summary>The entries that only change a source of a package.</summary>
    public ImmutableArray<YamlMapping> Overrides => overrides.ToImmutable();

    public void Read(YamlNode? node, string relativePath)
    {
        foreach (var source in shapes.Mappings(node, "'sources'", "a source"))
        {
            shapes.CheckKeys(source, PropertyKeys.Source);
            if (shapes.Required(source, "name", "a source") is not { } name)
            {
                continue;
            }

            var what = $"the source '{name.Text}'";
            CheckCommon(source, what);
            if (shapes.Scalar(source["overrides"], $"'overrides' of {what}") is not null)
            {
                CheckTables(source, what);
                overrides.Add(source);
                continue;
            }

            var header = new Header(
                source,
                name,
                shapes.Scalar(source["database"], $"'database' of {what}"),
                shapes.Scalar(source["schema"], $"'schema' of {what}") ?? name,
                shapes.Text(source["description"], $"'description' of {what}") ?? string.Empty,
                ConfigReader.Read(source, what, shapes, PropertyKeys.SourceConfigs)
            );
            foreach (var table in shapes.Mappings(source["tables"], $"'tables' of {what}", "a source table"))
            {
                ReadTable(header, table, relativePath);
            }
        }
    }

    private void CheckTables(YamlMapping source, string what)
    {
        _ = ConfigReader.Read(source, what, shapes, PropertyKeys.SourceConfigs);
        foreach (var table in shapes.Mappings(source["tables"], $"'tables' of {what}", "a source table"))
        {
            shapes.CheckKeys(table, PropertyKeys.Table);
            _ = shapes.Required(table, "name", "a source table");
            CheckCommon(table, what);
        }
    }

    private void ReadTable(Header source, YamlMapping table, string relativePath)
    {
        shapes.CheckKeys(table, PropertyKeys.Table);
        if (shapes.Required(table, "name", "a source table") is not { } name)
        {
            return;
        }

        var what = $"the source table '{source.Name.Text}.{name.Text}'";
        CheckCommon(table, what);
        tables.Add(
            new SourceTable(
                package,
                source.Name.Text,
                name.Text,
                name.Content,
                source.Database,
                source.Schema,
                shapes.Scalar(table["identifier"], $"'identifier' of {what}") ?? name,
                source.Description,
                shapes.Text(table["description"], $"'description' of {what}") ?? string.Empty,
                source.Config,
                ConfigReader.Read(table, what, shapes, PropertyKeys.SourceConfigs),
                columns.Read(table["columns"], what),
                tests.Read(table, null, what),
                ResourceFolder.Fqn(package, relativePath, source.Name.Text, name.Text),
                source.Raw,
                table
            )
        );
    }

    private void CheckCommon(YamlMapping entry, string what)
    {
        if (shapes.Mapping(entry["quoting"], $"'quoting' of {what}") is { } quoting)
        {
            shapes.CheckKeys(quoting, ProjectKeys.Quoting);
        }

        CheckFreshness(entry["freshness"], what);
        CheckFreshness((entry["config"] as YamlMapping)?["freshness"], what);
    }

    private void CheckFreshness(YamlNode? node, string what)
    {
        if (shapes.Mapping(node, $"'freshness' of {what}") is not { } freshness)
        {
            return;
        }

        shapes.CheckKeys(freshness, PropertyKeys.Freshness);
        foreach (var key in (string[])["warn_after", "error_after"])
        {
            if (shapes.Mapping(freshness[key], $"'{key}' of {what}") is { } limit)
            {
                shapes.CheckKeys(limit, PropertyKeys.FreshnessTime);
            }
        }
    }
}
