using Analytics.Compiler.Rendering;
using Analytics.Compiler.Resolving;
using Analytics.Compiler.Resolving.Nodes;
using Analytics.Deployment.Planning.Sql;

namespace Analytics.Deployment.Planning.Incremental;

/// <summary>The SQL that brings a delta into an incremental table, and the view that shows the result beforehand.</summary>
internal static class IncrementalStatements
{
    /// <summary>
    /// The statements that fail where the new rows and the model's config do not go together, so that the cut-over need not.
    /// </summary>
    public static IEnumerable<string> Checks(
        RelationName live,
        RelationName delta,
        IncrementalSettings settings,
        SchemaChange change
    ) =>
        settings.Strategy == IncrementalStrategy.Merge ? MergeStatements.Checks(live, delta, settings, change)
        : CheckKeys(delta, settings) is { } check ? [check]
        : [];

    /// <summary>The statements that bring the new rows into the table.</summary>
    public static IEnumerable<string> Apply(
        RelationName table,
        RelationName delta,
        IncrementalSettings settings,
        SchemaChange change
    ) =>
        settings.Strategy == IncrementalStrategy.Merge ? [MergeStatements.Merge(table, delta, settings, change)]
        : Delete(table, delta, settings) is { } delete ? [delete, Insert(table, delta, change)]
        : [Insert(table, delta, change)];

    /// <summary>
    /// The SELECT that gives the table as it will be: its rows whose key does not come again, and the new rows. NULL keys
    /// match nothing, as in the DELETE.
    /// </summary>
    public static string Overlay(
        RelationName live,
        RelationName delta,
        IncrementalSettings settings,
        SchemaChange change
    )
    {
        if (settings.Strategy == IncrementalStrategy.Merge)
        {
            return MergeStatements.Overlay(live, delta, settings, change);
        }

        var old = change.Final.Select(column => Old(column, change, string.Empty));
        var fresh = change.Final.Select(column => Fresh(column, change));
        return $"""
            select {string.Join(", ", old)}
            from {live.ToSql()} as DBT_INTERNAL_DEST{Survivors(delta, settings)}
            union all
            select {string.Join(", ", fresh)}
            from {delta.ToSql()}
            """;
    }

    /// <summary>A column of the table as it will be, out of a row that is in it.</summary>
    public static string Old(WarehouseColumn column, SchemaChange change, string prefix) =>
        $"{OldValue(column, change, prefix)} as {RelationName.Quote(column.Name)}";

    /// <summary>As <see cref="Old"/>, the value alone.</summary>
    public static string OldValue(WarehouseColumn column, SchemaChange change, string prefix)
    {
        var name = prefix + RelationName.Quote(column.Name);
        return Has(change.Added, column) ? $"cast(null as {column.Type})"
            : Has(change.Retyped, column) ? $"cast({name} as {column.Type})"
            : name;
    }

    /// <summary>A column of the table as it will be, out of a new row.</summary>
    public static string Fresh(WarehouseColumn column, SchemaChange change)
    {
        var name = RelationName.Quote(column.Name);
        return $"cast({(Has(change.Written, column) ? name : "null")} as {column.Type}) as {name}";
    }

    private static bool Has(IEnumerable<WarehouseColumn> columns, WarehouseColumn column) =>
        columns.Any(other => other.Name == column.Name);

    /// <summary>Brings the table's columns to where <see cref="SchemaChange"/> wants them, each change in place; no statement when there is none.</summary>
    public static IEnumerable<string> Alter(RelationName table, SchemaChange change)
    {
        if (change.IsEmpty)
        {
            return [];
        }

        var actions = change
            .Added.Select(column => $"add column {RelationName.Quote(column.Name)} {column.Type}")
            .Concat(change.Dropped.Select(column => $"drop column {RelationName.Quote(column.Name)}"))
            .Concat(change.Retyped.Select(ChangeType));
        return [$"alter table {table.ToSql()} {string.Join(", ", actions)}"];
    }

    /// <summary>
    /// Reads the keys from the delta alone, and fails where they are not there; null when the strategy deletes nothing. Inside
    /// the delete a name that the delta lacks would be taken for the table's own column, and every row would match.
    /// </summary>
    private static string? CheckKeys(RelationName delta, IncrementalSettings settings) =>
        settings.Strategy != IncrementalStrategy.DeleteInsert || settings.UniqueKey.IsEmpty
            ? null
            : $"select {string.Join(", ", settings.UniqueKey)} from {delta.ToSql()} as DBT_INTERNAL_SOURCE limit 0";

    /// <summary>Deletes the rows that come again; null when the strategy deletes nothing.</summary>
    private static string? Delete(RelationName table, RelationName delta, IncrementalSettings settings)
    {
        if (settings.Strategy != IncrementalStrategy.DeleteInsert || settings.UniqueKey.IsEmpty)
        {
            return null;
        }

        var keys = string.Join(", ", settings.UniqueKey);
        var predicates = string.Concat(settings.Predicates.Select(predicate => $"\n  and ({predicate})"));
        return $"""
            delete from {table.ToSql()} as DBT_INTERNAL_DEST
            where ({keys}) in (select distinct {keys} from {delta.ToSql()} as DBT_INTERNAL_SOURCE){predicates}
            """;
    }

    /// <summary>Inserts the new rows.</summary>
    private static string Insert(RelationName table, RelationName delta, SchemaChange change)
    {
        var columns = SqlText.Columns(change.Written);
        return $"insert into {table.ToSql()} ({columns}) select {columns} from {delta.ToSql()}";
    }

    // An anti-join: `not in` over a large delta would be compared row by row. The keys are expressions as the author wrote
    // them; under names of their own they cannot be taken for columns of the table.
    private static string Survivors(RelationName delta, IncrementalSettings settings)
    {
        if (settings.Strategy != IncrementalStrategy.DeleteInsert || settings.UniqueKey.IsEmpty)
        {
            return string.Empty;
        }

        var keys = settings.UniqueKey.Select((key, i) => FormattableString.Invariant($"{key} as \"__key_{i}\""));
        var matches = settings.UniqueKey.Select(
            (key, i) => FormattableString.Invariant($"\"__again\".\"__key_{i}\" = ({key})")
        );
        var conditions = string.Join(
            " and ",
            matches.Concat(settings.Predicates.Select(predicate => $"({predicate})"))
        );
        return $"""

            where not exists (
              select from (select distinct {string.Join(
                ", ",
                keys
            )} from {delta.ToSql()} as DBT_INTERNAL_SOURCE) as "__again"
              where {conditions}
            )
            """;
    }

    private static string ChangeType(WarehouseColumn column)
    {
        var name = RelationName.Quote(column.Name);
        return $"alter column {name} type {column.Type} using {name}::{column.Type}";
    }
}
