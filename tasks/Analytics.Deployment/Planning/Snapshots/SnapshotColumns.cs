using System.Collections.Immutable;
using Analytics.Compiler.Diagnostics;
using Analytics.Compiler.Rendering;
using Analytics.Compiler.Resolving.Nodes;
using Analytics.Text;

namespace Analytics.Deployment.Planning.Snapshots;

/// <summary>The columns of a snapshot that its query does not give.</summary>
internal static class SnapshotColumns
{
    /// <summary>Says what a row of a delta is for; not a column of the snapshot.</summary>
    public const string ChangeType = "dbt_change_type";

    /// <summary>The columns without which a table is not taken for a snapshot.</summary>
    public static ImmutableArray<string> Required(SnapshotSettings settings) =>
        settings.HardDeletes == HardDeletes.NewRecord
            ? [settings.Meta.ScdId, settings.Meta.ValidFrom, settings.Meta.ValidTo, settings.Meta.IsDeleted]
            : [settings.Meta.ScdId, settings.Meta.ValidFrom, settings.Meta.ValidTo];

    /// <summary>
    /// The error of a check column that the query does not have; null when it has them all. One that only the snapshot lacks
    /// is new and makes every row a changed one, once; one that the query lacks would do so at each publish.
    /// </summary>
    public static Diagnostic? MissingCheckColumn(SnapshotNode snapshot, ImmutableArray<WarehouseColumn> columns)
    {
        var missing = snapshot.Settings.CheckColumns.FirstOrDefault(name =>
            !columns.Any(column => string.Equals(column.Name, name, StringComparison.OrdinalIgnoreCase))
        );
        if (missing is null)
        {
            return null;
        }

        var near = NearName.Find(missing, columns.Select(column => column.Name));
        var hint = near is null ? string.Empty : $"; did you mean '{near}'?";
        return ProjectDiagnostics.InvalidConfig(
            snapshot.Span,
            "check_cols",
            $"'{missing}'",
            $"columns of the query{hint}"
        );
    }
}
