using System.Collections.Immutable;
using Analytics.Compiler.Resolving.Nodes;
using Analytics.Jinja.Values;

namespace Analytics.Compiler.Resolving.Configs;

/// <summary>The settings of a snapshot; a missing one that is needed is reported as an invalid config.</summary>
internal static class SnapshotSettingsReader
{
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
        );
    }
}
