using System.Collections.Immutable;
using Analytics.Compiler.Rendering;
using Analytics.Compiler.Resolving.Nodes;

namespace Analytics.Deployment.Planning.Incremental;

/// <summary>What must happen to the columns of a table before new rows fit in.</summary>
/// <param name="Added">Columns to add, in the order of the query.</param>
/// <param name="Dropped">Columns to drop.</param>
/// <param name="Retyped">Columns to change, with their new types.</param>
/// <param name="Written">The columns that the new rows fill, with the types they then have.</param>
/// <param name="Final">All columns of the table afterwards, in order.</param>
internal sealed record SchemaChange(
    ImmutableArray<WarehouseColumn> Added,
    ImmutableArray<WarehouseColumn> Dropped,
    ImmutableArray<WarehouseColumn> Retyped,
    ImmutableArray<WarehouseColumn> Written,
    ImmutableArray<WarehouseColumn> Final
)
{
    /// <summary>Whether the table's columns stay as they are.</summary>
    public bool IsEmpty => Added.IsEmpty && Dropped.IsEmpty && Retyped.IsEmpty;

    /// <summary>Whether a view on the table stands in the way: PostgreSQL neither drops nor changes a column that a view reads.</summary>
    public bool DisturbsViews => !Dropped.IsEmpty || !Retyped.IsEmpty;

    /// <summary>
    /// Compares the columns by dbt's rules. String columns are widened in every mode: to the query's length, or to 256 where
    /// the query's column has none.
    /// </summary>
    /// <param name="mode">The model's <c>on_schema_change</c>.</param>
    /// <param name="live">The table's columns.</param>
    /// <param name="query">The columns of the new rows.</param>
    /// <returns>The change, or why there must be none.</returns>
    public static (SchemaChange? Change, string? Refusal) Compare(
        OnSchemaChange mode,
        ImmutableArray<WarehouseColumn> live,
        ImmutableArray<WarehouseColumn> query
    )
    {
        var added = Missing(query, live);
        var removed = Missing(live, query);
        var widened = ImmutableArray.CreateBuilder<WarehouseColumn>();
        var retyped = ImmutableArray.CreateBuilder<WarehouseColumn>();
        foreach (var column in live)
        {
            var other = Find(query, column.Name);
            if (other is null || other.Type == column.Type)
            {
                continue;
            }

            if (StringType.Widened(column.Type, other.Type) is { } wide)
            {
                widened.Add(column with { Type = wide });
            }
            else if (!(StringType.IsString(column.Type) && StringType.IsString(other.Type)))
            {
                retyped.Add(other);
            }
        }

        return mode switch
        {
            OnSchemaChange.Fail when !added.IsEmpty || !removed.IsEmpty || retyped.Count > 0 => (
                null,
                Differences(added, removed, retyped, live) + " (on_schema_change: fail)"
            ),
            OnSchemaChange.Ignore when !removed.IsEmpty => (
                null,
                $"the query no longer gives {Names(removed)}; build it anew with -p:FullRefresh=true, or set on_schema_change"
            ),
            OnSchemaChange.AppendNewColumns => (Make(live, query, added, [], widened.ToImmutable(), query), null),
            OnSchemaChange.SyncAllColumns => (Make(live, query, added, removed, [.. widened, .. retyped], query), null),
            _ => (Make(live, query, [], [], widened.ToImmutable(), live), null),
        };
    }

    private static SchemaChange Make(
        ImmutableArray<WarehouseColumn> live,
        ImmutableArray<WarehouseColumn> query,
        ImmutableArray<WarehouseColumn> added,
        ImmutableArray<WarehouseColumn> dropped,
        ImmutableArray<WarehouseColumn> retyped,
        ImmutableArray<WarehouseColumn> written
    )
    {
        ImmutableArray<WarehouseColumn> final =
        [
            .. Missing(live, dropped).Select(column => Find(retyped, column.Name) ?? column),
            .. added,
        ];
        return new SchemaChange(
            added,
            dropped,
            retyped,
            [.. written.Select(column => Find(final, column.Name) ?? Find(query, column.Name) ?? column)],
            final
        );
    }

    private static string Differences(
        ImmutableArray<WarehouseColumn> added,
        ImmutableArray<WarehouseColumn> removed,
        IEnumerable<WarehouseColumn> retyped,
        ImmutableArray<WarehouseColumn> live
    )
    {
        var parts = new List<string>();
        if (!added.IsEmpty)
        {
            parts.Add($"the table lacks {Names(added)}");
        }

        if (!removed.IsEmpty)
        {
            parts.Add($"the query no longer gives {Names(removed)}");
        }

        parts.AddRange(
            retyped.Select(column => $"'{column.Name}' is now {column.Type}, was {Find(live, column.Name)?.Type}")
        );
        return string.Join("; ", parts);
    }

    private static string Names(IEnumerable<WarehouseColumn> columns) =>
        string.Join(", ", columns.Select(column => $"'{column.Name}'"));

    private static ImmutableArray<WarehouseColumn> Missing(
        ImmutableArray<WarehouseColumn> columns,
        ImmutableArray<WarehouseColumn> others
    )
    {
        var names = others.Select(column => column.Name).ToHashSet(StringComparer.Ordinal);
        return [.. columns.Where(column => !names.Contains(column.Name))];
    }

    private static WarehouseColumn? Find(IEnumerable<WarehouseColumn> columns, string name) =>
        columns.FirstOrDefault(column => column.Name == name);
}
