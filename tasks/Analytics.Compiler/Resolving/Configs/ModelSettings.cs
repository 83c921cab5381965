using Analytics.Compiler.Resolving.Nodes;
using Analytics.Jinja.Values;

namespace Analytics.Compiler.Resolving.Configs;

/// <summary>The settings that make a model a view, a table or an incremental table.</summary>
internal static class ModelSettings
{
    public static (Materialization Materialization, IncrementalSettings? Incremental) Read(SettingsReader reader)
    {
        var materialized = reader.Text("materialized") ?? "view";
        switch (materialized)
        {
            case "view":
                return (Materialization.View, null);
            case "table":
                return (Materialization.Table, null);
            case "ephemeral":
                return (Materialization.Ephemeral, null);
            case "incremental":
                return (Materialization.Incremental, Incremental(reader));
            case "materialized_view":
                return (Materialization.MaterializedView, null);
            default:
                reader.Report(
                    "materialized",
                    materialized,
                    "one of view, table, incremental, ephemeral, materialized_view (custom materializations are not supported)"
                );
                return (Materialization.View, null);
        }
    }

    private static IncrementalSettings Incremental(SettingsReader reader)
    {
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
            case var other:
                reader.Report("incremental_strategy", other, "append, delete+insert, merge or microbatch");
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

        return new IncrementalSettings(
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
    }
}
