namespace Analytics.Compiler.Resolving.Nodes;

/// <summary>How the columns are called that a snapshot has beside those of its query, as they stand in the catalog.</summary>
/// <param name="ScdId">The hash that names a version.</param>
/// <param name="UpdatedAt">The row's own time.</param>
/// <param name="ValidFrom">Where a version begins.</param>
/// <param name="ValidTo">Where it ends.</param>
/// <param name="IsDeleted">Whether it says that the row is gone; there only where deletions get a record.</param>
public sealed record SnapshotMetaColumns(
    string ScdId,
    string UpdatedAt,
    string ValidFrom,
    string ValidTo,
    string IsDeleted
)
{
    /// <summary>dbt's names.</summary>
    public static SnapshotMetaColumns Default { get; } =
        new("dbt_scd_id", "dbt_updated_at", "dbt_valid_from", "dbt_valid_to", "dbt_is_deleted");
}
