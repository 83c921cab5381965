using System.Collections.Immutable;
using Analytics.Compiler.Resolving.Nodes;
using Analytics.Jinja.Values;

namespace Analytics.Compiler.Resolving.Configs;

/// <summary>The settings of a snapshot; a missing one that is needed is reported as an invalid config.</summary>
internal static class SnapshotSettingsReader
{
    private const string MetaKey = "snapshot_meta_column_names";

    public static SnapshotSettings Read(SettingsReader reader)
    {
        var uniqueKey = reader.Texts("unique_key");
        if (!reader.Has("unique_key") || reader.IsEmptyList("unique_key"))
        {
            reader.Report(
                "unique_key",
                reader.Has("unique_key") ? new PyList() : null,
                "the column or columns that identify a row"
            );
        }

        if (!reader.Has("strategy"))
        {
            reader.Report("strategy", null, "timestamp or check");
        }

        var strategy = reader.Choice(
            "strategy",
            SnapshotStrategy.Timestamp,
            ("timestamp", SnapshotStrategy.Timestamp),
            ("check", SnapshotStrategy.Check)
        );
        var updatedAt = reader.Sql("updated_at");
        ImmutableArray<string> checkColumns = [];
        if (strategy == SnapshotStrategy.Check)
        {
            checkColumns = reader.Texts("check_cols");
            if (!reader.Has("check_cols"))
            {
                reader.Report("check_cols", null, "'all' or a list of columns");
            }
            else if (reader.IsEmptyList("check_cols"))
            {
                reader.Report("check_cols", new PyList(), "'all' or a list of columns");
            }
            else if (checkColumns is ["all"])
            {
                checkColumns = [];
            }
        }
        else if (reader.Has("strategy") && updatedAt is null)
        {
            reader.Report("updated_at", null, "the column that says when a row changed");
        }

        var hardDeletes = reader.Choice(
            "hard_deletes",
            HardDeletes.Ignore,
            ("ignore", HardDeletes.Ignore),
            ("invalidate", HardDeletes.Invalidate),
            ("new_record", HardDeletes.NewRecord)
        );
        if (reader.Flag("invalidate_hard_deletes") is { } legacy)
        {
            if (reader.Has("hard_deletes"))
            {
                reader.Report("invalidate_hard_deletes", legacy, "to be absent where 'hard_deletes' is set");
            }
            else if (legacy)
            {
                hardDeletes = HardDeletes.Invalidate;
            }
        }

        return new SnapshotSettings(
            strategy,
            uniqueKey,
            updatedAt,
            checkColumns,
            hardDeletes,
            reader.Sql("dbt_valid_to_current")
        )
        {
            Meta = MetaColumns(reader),
        };
    }

    private static SnapshotMetaColumns MetaColumns(SettingsReader reader)
    {
        var names = SnapshotMetaColumns.Default;
        var mapping = reader.Mapping(MetaKey) ?? [];
        foreach (var key in mapping.Keys)
        {
            var value = mapping[key];
            if (value is null)
            {
                continue;
            }

            if (value is not string { Length: > 0 } text)
            {
                reader.Report(MetaKey, value, $"the name of a column for '{PyText.Str(key)}'");
                continue;
            }

            var name = Folded(text);
            switch (key)
            {
                case "dbt_scd_id":
                    names = names with { ScdId = name };
                    break;
                case "dbt_updated_at":
                    names = names with { UpdatedAt = name };
                    break;
                case "dbt_valid_from":
                    names = names with { ValidFrom = name };
                    break;
                case "dbt_valid_to":
                    names = names with { ValidTo = name };
                    break;
                case "dbt_is_deleted":
                    names = names with { IsDeleted = name };
                    break;
                default:
                    reader.Report(
                        MetaKey,
                        key,
                        "names for dbt_scd_id, dbt_updated_at, dbt_valid_from, dbt_valid_to or dbt_is_deleted"
                    );
                    break;
            }
        }

        return names;
    }

    // dbt writes the name into its SQL as it is, and the server makes small letters of it unless it stands in quotes.
    private static string Folded(string name) =>
        name is ['"', .., '"'] and { Length: > 2 }
            ? name[1..^1].Replace("\"\"", "\"", StringComparison.Ordinal)
            : name.ToLowerInvariant();
}
