using System.Collections.Immutable;
using Analytics.Compiler.Rendering;
using Analytics.Compiler.Resolving;
using Analytics.Compiler.Resolving.Nodes;
using Analytics.Deployment.Planning.Incremental;
using Analytics.Deployment.Planning.Sql;

namespace Analytics.Deployment.Planning.Snapshots;

/// <summary>The SQL of one snapshot. Columns, types and hashes are dbt's, so that a snapshot that dbt began goes on.</summary>
/// <param name="settings">How a change is seen and written.</param>
internal sealed class SnapshotStatements(SnapshotSettings settings)
{
    // Constant within a statement: every row of one publish gets the same time.
    private const string Now = "now()::timestamp without time zone";

    private string ScdId { get; } = RelationName.Quote(settings.Meta.ScdId);

    private string UpdatedAt { get; } = RelationName.Quote(settings.Meta.UpdatedAt);

    private string ValidFrom { get; } = RelationName.Quote(settings.Meta.ValidFrom);

    private string ValidTo { get; } = RelationName.Quote(settings.Meta.ValidTo);

    private string IsDeleted { get; } = RelationName.Quote(settings.Meta.IsDeleted);

    private bool NewRecord => settings.HardDeletes == HardDeletes.NewRecord;

    private string Time => settings.UpdatedAt ?? Now;

    /// <summary>What stands before the author's query in the SELECT that makes the first version of every row.</summary>
    public string FirstPrefix =>
        $"select *, {ScdIdOf(settings.UniqueKey.Append(Time))} as {ScdId}, {Time} as {UpdatedAt}, {Time} as {ValidFrom}, "
        + $"{OpenEnd} as {ValidTo}{(NewRecord ? $", 'False' as {IsDeleted}" : string.Empty)} from (\n";

    /// <summary>What stands after it.</summary>
    public const string FirstSuffix = "\n) sbq";

    private string OpenEnd => $"coalesce(nullif({Time}, {Time}), {settings.ValidToCurrent ?? "null"})";

    /// <summary>The SELECT that gives the changes: one row for each version to open, and one for each version to close.</summary>
    /// <param name="live">The snapshot.</param>
    /// <param name="liveColumns">Its columns.</param>
    /// <param name="source">The stored result of the author's query.</param>
    /// <param name="columns">Its columns.</param>
    public string Changes(
        RelationName live,
        ImmutableArray<WarehouseColumn> liveColumns,
        RelationName source,
        ImmutableArray<WarehouseColumn> columns
    )
    {
        var known = liveColumns.Select(column => column.Name).ToHashSet(StringComparer.Ordinal);
        var cells = SqlText.Columns(columns, "s.");
        var changed = $"({Changed(columns, known)}){(NewRecord ? $" or t.{IsDeleted} = 'True'" : string.Empty)}";
        var parts = new List<string>
        {
            $"""
                select 'insert'::text as {SnapshotColumns.ChangeType}, {cells}, s."__time" as {UpdatedAt}, s."__time" as {ValidFrom},
                  s."__open_end" as {ValidTo}, s."__scd_id" as {ScdId}{Deleted("'False'")}
                from source_rows s left join live_rows t on {KeysMatch}
                where t."__key_0" is null or {changed}
                """,
            $"""
                select 'update', {cells}, s."__time", t.{ValidFrom}, s."__time", t.{ScdId}{Deleted($"t.{IsDeleted}")}
                from source_rows s join live_rows t on {KeysMatch}
                where {changed}
                """,
        };
        if (settings.HardDeletes != HardDeletes.Ignore)
        {
            parts.Add(
                $"""
                select 'delete', {cells}, {Now}, {Now}, {Now}, t.{ScdId}{Deleted($"t.{IsDeleted}")}
                from live_rows t left join source_rows s on {KeysMatch}
                where s."__key_0" is null{(NewRecord ? $" and not (t.{IsDeleted} = 'True')" : string.Empty)}
                """
            );
        }

        if (NewRecord)
        {
            var copies = columns.Select(column =>
                known.Contains(column.Name) ? "t." + RelationName.Quote(column.Name) : "null"
            );
            parts.Add(
                $"""
                select 'insert', {string.Join(", ", copies)}, {Now}, {Now}, t.{ValidTo}, {ScdIdOf([
                    "t." + ScdId,
                    Now,
                ])}, 'True'
                from live_rows t left join source_rows s on {KeysMatch}
                where s."__key_0" is null and not (t.{IsDeleted} = 'True')
                """
            );
        }

        return $"""
            with live_rows as (
              select *, {Keys} from {live.ToSql()} where {IsLive(string.Empty)}
            ), source_rows as (
              select *, {Keys}, {Time} as "__time", {OpenEnd} as "__open_end", {ScdIdOf(
                settings.UniqueKey.Append(Time)
            )} as "__scd_id"
              from {source.ToSql()}
            )
            {string.Join("\nunion all\n", parts)}
            """;
    }

    /// <summary>The SELECT that gives the snapshot as it will be.</summary>
    /// <param name="live">The snapshot.</param>
    /// <param name="delta">The changes.</param>
    /// <param name="change">What happens to its columns.</param>
    public string Overlay(RelationName live, RelationName delta, SchemaChange change)
    {
        var added = change.Added.Select(column => column.Name).ToHashSet(StringComparer.Ordinal);
        var written = change.Written.Select(column => column.Name).ToHashSet(StringComparer.Ordinal);
        var old = change.Final.Select(column =>
        {
            var name = RelationName.Quote(column.Name);
            return added.Contains(column.Name) ? $"cast(null as {column.Type}) as {name}"
                : column.Name == settings.Meta.ValidTo
                    ? $"case when d.{ScdId} is null then t.{name} else cast(d.{ValidTo} as {column.Type}) end as {name}"
                : $"cast(t.{name} as {column.Type}) as {name}";
        });
        var fresh = change.Final.Select(column =>
        {
            var name = RelationName.Quote(column.Name);
            return $"cast({(written.Contains(column.Name) ? name : "null")} as {column.Type}) as {name}";
        });
        return $"""
            select {string.Join(", ", old)}
            from {live.ToSql()} t left join (
              select distinct on ({ScdId}) {ScdId}, {ValidTo} from {delta.ToSql()} where {SnapshotColumns.ChangeType} in ('update', 'delete')
            ) d on d.{ScdId}::text = t.{ScdId}::text and {IsLive("t.")}
            union all
            select {string.Join(", ", fresh)}
            from {delta.ToSql()} where {SnapshotColumns.ChangeType} = 'insert'
            """;
    }

    /// <summary>Closes the versions that ended.</summary>
    public string Close(RelationName table, RelationName delta) =>
        $"""
            update {table.ToSql()} as t set {ValidTo} = d.{ValidTo} from {delta.ToSql()} as d
            where d.{ScdId}::text = t.{ScdId}::text and d.{SnapshotColumns.ChangeType} in ('update', 'delete') and {IsLive(
                "t."
            )}
            """;

    /// <summary>Adds the versions that begin.</summary>
    public static string Open(RelationName table, RelationName delta, ImmutableArray<WarehouseColumn> written)
    {
        var columns = SqlText.Columns(written);
        return $"insert into {table.ToSql()} ({columns}) select {columns} from {delta.ToSql()} where {SnapshotColumns.ChangeType} = 'insert'";
    }

    private string Keys =>
        string.Join(
            ", ",
            settings.UniqueKey.Select((key, i) => FormattableString.Invariant($"{key} as \"__key_{i}\""))
        );

    private string KeysMatch =>
        string.Join(
            " and ",
            settings.UniqueKey.Select((_, i) => FormattableString.Invariant($"t.\"__key_{i}\" = s.\"__key_{i}\""))
        );

    private string IsLive(string prefix) =>
        settings.ValidToCurrent is { } current
            ? $"({prefix}{ValidTo} = {current} or {prefix}{ValidTo} is null)"
            : $"{prefix}{ValidTo} is null";

    private string Deleted(string value) => NewRecord ? ", " + value + $" as {IsDeleted}" : string.Empty;

    // dbt: a check column that the snapshot does not have yet makes every row a changed one.
    private string Changed(ImmutableArray<WarehouseColumn> columns, HashSet<string> known)
    {
        if (settings.Strategy == SnapshotStrategy.Timestamp)
        {
            return $"t.{ValidFrom} < s.\"__time\"";
        }

        var names = settings.CheckColumns.IsEmpty
            ? columns.Select(column => column.Name)
            : settings.CheckColumns.Select(name => Spelling(name, columns));
        var compared = names.ToList();
        return compared.Exists(name => !known.Contains(name))
            ? "true"
            : string.Join(
                " or ",
                compared.Select(RelationName.Quote).Select(name => $"t.{name} is distinct from s.{name}")
            );
    }

    private static string Spelling(string name, ImmutableArray<WarehouseColumn> columns) =>
        columns.FirstOrDefault(column => string.Equals(column.Name, name, StringComparison.OrdinalIgnoreCase))?.Name
        ?? name;

    private static string ScdIdOf(IEnumerable<string> parts) =>
        $"md5({string.Join(" || '|' || ", parts.Select(part => $"coalesce(cast({part} as varchar), '')"))})";
}
