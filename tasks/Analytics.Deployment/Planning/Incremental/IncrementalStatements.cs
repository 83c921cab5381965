using Analytics.Compiler.Rendering;
using Analytics.Compiler.Resolving;
using Analytics.Compiler.Resolving.Nodes;
using Analytics.Deployment.Planning.Sql;

namespace Analytics.Deployment.Planning.Incremental;

/// <summary>The SQL that brings a delta into an incremental table, and the view that shows the result beforehand.</summary>
internal static class IncrementalStatements
{
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
        var written = change.Written.ToDictionary(column => column.Name, StringComparer.Ordinal);
        var added = change.Added.Select(column => column.Name).ToHashSet(StringComparer.Ordinal);
        var retyped = change.Retyped.Select(column => column.Name).ToHashSet(StringComparer.Ordinal);
        var old = change.Final.Select(column =>
        {
            var name = RelationName.Quote(column.Name);
            return added.Contains(column.Name) ? $"cast(null as {column.Type}) as {name}"
                : retyped.Contains(column.Name) ? $"cast({name} as {column.Type}) as {name}"
                : name;
        });
        var fresh = change.Final.Select(column =>
            written.ContainsKey(column.Name)
                ? $"cast({RelationName.Quote(column.Name)} as {column.Type}) as {RelationName.Quote(column.Name)}"
                : $"cast(null as {column.Type}) as {RelationName.Quote(column.Name)}"
        );
        return $"""
            select {string.Join(", ", old)}
            from {live.ToSql()} as DBT_INTERNAL_DEST{Survivors(delta, settings)}
            union all
            select {string.Join(", ", fresh)}
            from {delta.ToSql()}
            """;
    }

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
    public static string? CheckKeys(RelationName delta, IncrementalSettings settings) =>
        settings.Strategy != IncrementalStrategy.DeleteInsert || settings.UniqueKey.IsEmpty
            ? null
            : $"select {string.Join(", ", settings.UniqueKey)} from {delta.ToSql()} as DBT_INTERNAL_SOURCE limit 0";

    /// <summary>Deletes the rows that come again; null when the strategy deletes nothing.</summary>
    public static string? Delete(RelationName table, RelationName delta, IncrementalSettings settings)
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
    public static string Insert(RelationName table, RelationName delta, SchemaChange change)
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
