using Analytics.Compiler.Diagnostics;
using Analytics.Compiler.Loading.Resources;
using Analytics.Compiler.Loading.Yaml;
using Analytics.Compiler.Resolving.Configs;
using Analytics.Compiler.Resolving.Nodes;
using Analytics.Jinja.Values;
using Analytics.Text;

namespace Analytics.Compiler.Resolving.Drafting;

/// <summary>Makes nodes of the tables of sources.</summary>
internal sealed class SourceNodeFactory(ResolvingScope scope)
{
    private const string Field = "loaded_at_field";
    private const string Query = "loaded_at_query";

    /// <summary>The draft of a table.</summary>
    public DraftNode Make(SourceTable table)
    {
        var config = scope.Layers.Merge(
            ResourceKind.Source,
            table.Package,
            table.Fqn,
            [table.SourceConfig, table.Config],
            []
        );
        var settings = scope.Settings(config, table.NameSpan, out var isEnabled);
        ICollection<Diagnostic> diagnostics = isEnabled ? scope.Diagnostics : [];
        Unite(config);
        var quoting = Quoting(table, settings);
        var relation = quoting.Fold(
            new RelationName(
                scope.Text(table.Database, table.Package) ?? scope.Project.Options.Target.Database,
                scope.Text(table.Schema, table.Package) ?? table.SourceName,
                scope.Text(table.Identifier, table.Package) ?? table.Name
            )
        );
        var freshness = Freshness(table, config, diagnostics);
        var (field, query) = LoadedAt(table, settings, diagnostics);
        var node = new SourceNode(
            table,
            relation,
            scope.Descriptions.Columns(table.Columns, table.Package),
            $"source.{table.Package}.{table.SourceName}.{table.Name}",
            table.Name,
            table.Package,
            table.Fqn,
            table.NameSpan,
            config.Freeze(),
            [],
            scope.Descriptions.Text(table.RawTable["description"], table.Package)
        )
        {
            Quoting = quoting,
            SourceDescription = scope.Descriptions.Text(table.RawSource["description"], table.Package),
            Loader = Text(table, "loader") ?? string.Empty,
            Freshness = freshness,
            LoadedAtField = field,
            LoadedAtQuery = query,
        };
        return new DraftNode(node, null, [], [], []) { IsEnabled = isEnabled };
    }

    // dbt gives a table the tags of its source, each once and in order.
    private static void Unite(MergedConfig config)
    {
        if (config["tags"] is { Value: PyList tags } entry)
        {
            var united = tags.Select(PyText.Str).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal);
            config.Replace(entry with { Value = new PyList(united) });
        }
    }

    private QuotePolicy Quoting(SourceTable table, SettingsReader settings)
    {
        var policy = scope.Project.Quoting;
        foreach (var owner in (ReadOnlySpan<YamlMapping>)[table.RawSource, table.RawTable])
        {
            if (owner["quoting"] is YamlMapping quoting)
            {
                policy = QuotingReader.Over(policy, YamlValues.ToDict(quoting));
            }
        }

        return QuotingReader.Over(policy, settings.Mapping("quoting"));
    }

    private SourceFreshness? Freshness(SourceTable table, MergedConfig config, ICollection<Diagnostic> diagnostics)
    {
        // The tree of dbt_project.yml counts where the YAML of the source is silent; there is no merging with it.
        object? merged = null;
        var place = table.NameSpan;
        var isSaid = false;
        foreach (var layer in (ReadOnlySpan<YamlMapping?>)[table.SourceConfig, table.Config])
        {
            if (layer?.Find("freshness") is { } entry)
            {
                merged = FreshnessReader.Merge(merged, scope.Layers.Render(entry.Value, table.Package));
                place = entry.KeySpan;
                isSaid = true;
            }
        }

        if (isSaid)
        {
            config.Replace(new ConfigEntry("freshness", merged, place));
        }

        return FreshnessReader.Read(config["freshness"]?.Value, PlaceOf, diagnostics);

        SourceSpan PlaceOf(string key) =>
            Limit(table.Config, key) ?? Limit(table.SourceConfig, key) ?? config["freshness"]?.Span ?? place;

        static SourceSpan? Limit(YamlMapping? layer, string key) => (layer?["freshness"] as YamlMapping)?[key]?.Span;
    }

    // The nearest layer that has either of the two decides; both in one contradict each other.
    private static (string? Field, string? Query) LoadedAt(
        SourceTable table,
        SettingsReader settings,
        ICollection<Diagnostic> diagnostics
    )
    {
        var (field, query) = (settings.Sql(Field), settings.Sql(Query));
        if (field is null || query is null)
        {
            return (field, query);
        }

        foreach (var layer in (ReadOnlySpan<YamlMapping?>)[table.Config, table.SourceConfig])
        {
            switch (layer?.Find(Field), layer?.Find(Query))
            {
                case (null, null):
                    continue;
                case ({ }, null):
                    return (field, null);
                case (null, { }):
                    return (null, query);
                case ({ }, { } both):
                    diagnostics.Add(
                        ProjectDiagnostics.InvalidConfig(
                            both.KeySpan,
                            Query,
                            PyText.Repr(query),
                            $"no '{Field}' beside it"
                        )
                    );
                    break;
            }

            break;
        }

        return (field, query);
    }

    private string? Text(SourceTable table, string key) =>
        scope.Text((table.RawTable[key] ?? table.RawSource[key]) as YamlScalar, table.Package);
}
