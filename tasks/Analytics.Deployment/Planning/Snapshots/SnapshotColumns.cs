using System.Collections.Immutable;
using Analytics.Compiler.Resolving.Nodes;

namespace Analytics.Deployment.Planning.Snapshots;

/// <summary>The columns that dbt adds to a snapshot.</summary>
internal static class SnapshotColumns
{
    public const string ScdId = "dbt_scd_id";
    public const string UpdatedAt = "dbt_updated_at";
    public const string ValidFrom = "dbt_valid_from";
    public const string ValidTo = "dbt_valid_to";
    public const string IsDeleted = "dbt_is_deleted";

    /// <summary>Says what a row of a delta is for; not a column of the snapshot.</summary>
    public const string ChangeType = "dbt_change_type";

    /// <summary>The columns without which a table is not taken for a snapshot.</summary>
    public static ImmutableArray<string> Required(SnapshotSettings settings) =>
        settings.HardDeletes == HardDeletes.NewRecord
            ? [ScdId, ValidFrom, ValidTo, IsDeleted]
            : [ScdId, ValidFrom, ValidTo];
}
