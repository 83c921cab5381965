using Analytics.Compiler.Resolving.Nodes;
using Analytics.Jinja.Values;

namespace Analytics.Compiler.Resolving.Configs;

/// <summary>The settings that make a model a view, a table or an incremental table.</summary>
internal static class ModelSettings
{
    public static ModelShape Read(SettingsReader reader, Makers makers)
    {
        var materialized = reader.Text("materialized") ?? "view";
        if (materialized != "ephemeral" && makers.Materialization(materialized) is { } own)
        {
            return new ModelShape(Materialization.Custom, null, own);
        }

        switch (materialized)
        {
            case "view":
                return new ModelShape(Materialization.View, null, makers.OfView());
            case "table":
                return new ModelShape(Materialization.Table, null, makers.OfTable());
            case "ephemeral":
                return new ModelShape(Materialization.Ephemeral, null, null);
            case "incremental":
                var (settings, maker) = Incremental(reader, makers);
                return new ModelShape(Materialization.Incremental, settings, maker);
            case "materialized_view":
                return new ModelShape(Materialization.MaterializedView, null, null);
            default:
                reader.Report(
                    "materialized",
                    materialized,
                    "one of view, table, incremental, ephemeral, materialized_view, or the name of a materialization of the project"
                );
                return new ModelShape(Materialization.View, null, null);
        }
    }

    private static (IncrementalSettings Settings, MaterializationMacro? Maker) Incremental(
        SettingsReader reader,
        Makers makers
    )
    {
        MaterializationMacro? maker = null;
        // As in dbt, an empty text is no key, and without a key there is nothing to delete.
        var uniqueKey = reader.Texts("unique_key") is [""] ? [] : reader.Texts("unique_key");
        var fallback = uniqueKey.IsEmpty ? IncrementalStrategy.Append : IncrementalStrategy.DeleteInsert;
        var strategy = fallback;
        BatchSettings? batches = null;
        switch (reader.Text("incremental_strategy"))
        {
            case null or "default":
                break;
            case "append":
                strategy = IncrementalStrategy.Append;
                break;
            case "delete+insert":
                strategy = fallback;
                break;
            case "merge":
                strategy = IncrementalStrategy.Merge;
                break;
            case "microbatch":
                // On PostgreSQL dbt merges each batch.
                strategy = IncrementalStrategy.Merge;
                batches = BatchReader.Read(reader);
                break;
            case var other when makers.OfStrategy(other) is { } own:
                maker = own;
                break;
            case var other:
                reader.Report(
                    "incremental_strategy",
                    other,
                    "append, delete+insert, merge, microbatch, or one with a macro get_incremental_…_sql"
                );
                break;
        }

        if (
            strategy == IncrementalStrategy.Merge
            && reader.Has("merge_update_columns")
            && reader.Has("merge_exclude_columns")
        )
        {
            var kept = new PyList(reader.Texts("merge_exclude_columns"));
            reader.Report("merge_exclude_columns", kept, "no such config beside merge_update_columns");
        }

        maker ??= batches is null ? makers.OfIncremental(strategy) : null;
        var settings = new IncrementalSettings(
            strategy,
            uniqueKey,
            reader.Has("predicates") ? reader.Texts("predicates") : reader.Texts("incremental_predicates"),
            reader.Choice(
                "on_schema_change",
                OnSchemaChange.Ignore,
                ("ignore", OnSchemaChange.Ignore),
                ("fail", OnSchemaChange.Fail),
                ("append_new_columns", OnSchemaChange.AppendNewColumns),
                ("sync_all_columns", OnSchemaChange.SyncAllColumns)
            ),
            reader.Flag("full_refresh")
        )
        {
            UpdatedColumns = reader.Texts("merge_update_columns"),
            Batches = batches,
            KeptColumns = reader.Texts("merge_exclude_columns"),
        };
        return (settings, maker);
    }
}

/// <summary>What a model becomes, and how.</summary>
/// <param name="Materialization">What it becomes.</param>
/// <param name="Incremental">How it grows; null unless it is incremental.</param>
/// <param name="Maker">What makes it; null where the publish does.</param>
internal sealed record ModelShape(
    Materialization Materialization,
    IncrementalSettings? Incremental,
    MaterializationMacro? Maker
);
