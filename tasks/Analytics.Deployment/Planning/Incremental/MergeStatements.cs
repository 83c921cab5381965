using System.Collections.Immutable;
using Analytics.Compiler.Rendering;
using Analytics.Compiler.Resolving;
using Analytics.Compiler.Resolving.Nodes;
using Analytics.Deployment.Planning.Sql;

namespace Analytics.Deployment.Planning.Incremental;

/// <summary>The MERGE of the strategy <c>merge</c>, and the view that shows its result beforehand.</summary>
internal static class MergeStatements
{
    private const string Source = "DBT_INTERNAL_SOURCE";
    private const string Dest = "DBT_INTERNAL_DEST";

    /// <summary>The SELECT that gives the table as it will be: its rows with what the MERGE updates, and the rows that it inserts.</summary>
    public static string Overlay(
        RelationName live,
        RelationName delta,
        IncrementalSettings settings,
        SchemaChange change
    )
    {
        var updated = Updated(settings, change.Written).Select(Identifier).ToHashSet(StringComparer.Ordinal);
        var old = change.Final.Select(column =>
            updated.Contains(column.Name)
                ? Updated(column, change)
                : IncrementalStatements.Old(column, change, $"{Dest}.")
        );
        var fresh = change.Final.Select(column => IncrementalStatements.Fresh(column, change));
        var condition = Condition(settings);

        // A row that the join made up has no place in the delta.
        return $"""
            select {string.Join(", ", old)}
            from {live.ToSql()} as {Dest}
            left join {delta.ToSql()} as {Source} on {condition}
            union all
            select {string.Join(", ", fresh)}
            from {delta.ToSql()} as {Source}
            where not exists (select from {live.ToSql()} as {Dest} where {condition})
            """;
    }

    /// <summary>Updates the rows whose key comes again and inserts the others.</summary>
    public static string Merge(
        RelationName table,
        RelationName delta,
        IncrementalSettings settings,
        SchemaChange change
    )
    {
        var (prefix, suffix) = Around(table, settings, change.Written);
        return prefix + delta.ToSql() + suffix;
    }

    /// <summary>What stands before and behind the new rows, which are a relation or a query in parentheses.</summary>
    public static (string Prefix, string Suffix) Around(
        RelationName table,
        IncrementalSettings settings,
        ImmutableArray<WarehouseColumn> written
    )
    {
        var sets = string.Join(", ", Updated(settings, written).Select(column => $"{column} = {Source}.{column}"));
        var update =
            settings.UniqueKey.IsEmpty || sets.Length == 0 ? string.Empty : $"\nwhen matched then update set {sets}";
        return (
            $"merge into {table.ToSql()} as {Dest}\nusing ",
            $"""
             as {Source}
            on {Condition(settings)}{update}
            when not matched then insert ({SqlText.Columns(written)})
              values ({SqlText.Columns(written, $"{Source}.")})
            """
        );
    }

    /// <summary>
    /// Reads the keys and what is updated from the new rows alone, and fails as the MERGE would where two of them want the same row of
    /// the table: that is for the step to say, before anything waits for it.
    /// </summary>
    public static IEnumerable<string> Checks(
        RelationName live,
        RelationName delta,
        IncrementalSettings settings,
        SchemaChange change
    )
    {
        if (settings.UniqueKey.IsEmpty)
        {
            yield break;
        }

        var names = settings.UniqueKey.Concat(Updated(settings, change.Written)).Select(name => $"{Source}.{name}");
        yield return $"select {string.Join(", ", names)} from {delta.ToSql()} as {Source} limit 0";
        var keys = string.Join(", ", settings.UniqueKey.Select(key => $"{Source}.{key}"));

        // A cast that fails is the one error that a query can raise; it carries what there is to say.
        yield return $"""
            select cast({SqlText.Literal(
                "two new rows have the unique key of the same old row: "
            )} || ({keys})::text as integer)
            from {live.ToSql()} as {Dest}
            join {delta.ToSql()} as {Source} on {Condition(settings)}
            where ({keys}) in (select {keys} from {delta.ToSql()} as {Source} group by {keys} having count(*) > 1)
            group by {Dest}.ctid, {keys}
            having count(*) > 1
            """;
    }

    private static string Updated(WarehouseColumn column, SchemaChange change)
    {
        var name = RelationName.Quote(column.Name);
        return $"case when {Source}.ctid is null then {IncrementalStatements.OldValue(column, change, $"{Dest}.")} "
            + $"else cast({Source}.{name} as {column.Type}) end as {name}";
    }

    // As SQL: those of merge_update_columns are the author's words.
    private static IEnumerable<string> Updated(IncrementalSettings settings, ImmutableArray<WarehouseColumn> written) =>
        settings.UniqueKey.IsEmpty ? []
        : settings.UpdatedColumns.IsEmpty
            ? written
                .Where(column => !settings.KeptColumns.Contains(column.Name, StringComparer.OrdinalIgnoreCase))
                .Select(column => RelationName.Quote(column.Name))
        : settings.UpdatedColumns;

    private static string Condition(IncrementalSettings settings) =>
        settings.UniqueKey.IsEmpty
            ? "false"
            : string.Join(
                " and ",
                settings
                    .Predicates.Select(predicate => $"({predicate})")
                    .Concat(settings.UniqueKey.Select(key => $"({Source}.{key} = {Dest}.{key})"))
            );

    // The name that PostgreSQL makes of an identifier as it is written.
    private static string Identifier(string written) =>
        written is ['"', .. var quoted, '"']
            ? quoted.Replace("\"\"", "\"", StringComparison.Ordinal)
            : written.ToLowerInvariant();
}
