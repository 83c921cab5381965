using System.Collections.Immutable;

namespace Analytics.Compiler.Resolving.Nodes;

/// <summary>How a snapshot sees and writes a change.</summary>
/// <param name="Strategy">How a change is seen.</param>
/// <param name="UniqueKey">Columns or expressions that identify a row; at least one.</param>
/// <param name="UpdatedAt">The SQL expression of the row's own time; null for a check without one.</param>
/// <param name="CheckColumns">The columns compared; empty means all columns of the query.</param>
/// <param name="HardDeletes">What happens to a row that is gone.</param>
/// <param name="ValidToCurrent">SQL expression written to the end of live rows; null means NULL.</param>
public sealed record SnapshotSettings(
    SnapshotStrategy Strategy,
    ImmutableArray<string> UniqueKey,
    string? UpdatedAt,
    ImmutableArray<string> CheckColumns,
    HardDeletes HardDeletes,
    string? ValidToCurrent
)
{
    /// <summary>The names of the columns that are added.</summary>
    public SnapshotMetaColumns Meta { get; init; } = SnapshotMetaColumns.Default;
}

/// <summary>How a change is seen.</summary>
public enum SnapshotStrategy
{
    /// <summary>By a time that moves on.</summary>
    Timestamp,

    /// <summary>By comparing columns.</summary>
    Check,
}

/// <summary>What happens to a row that is gone from the query.</summary>
public enum HardDeletes
{
    /// <summary>Nothing.</summary>
    Ignore,

    /// <summary>Its live version is closed.</summary>
    Invalidate,

    /// <summary>Its live version is closed, and a version that says it is deleted is opened.</summary>
    NewRecord,
}
