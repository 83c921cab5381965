using System.Collections.Immutable;
using Analytics.Compiler.Resolving;
using Analytics.Deployment.Planning.Catalog;
using Analytics.Deployment.Planning.Sql;

namespace Analytics.Deployment.Applying.Building.Materializing;

/// <summary>Copies a live table or view to where its node is built, with its rows, constraints and indexes under their own names.</summary>
internal sealed class LiveCopy(StatementRunner runner, CancellationToken cancellationToken)
{
    /// <summary>Copies.</summary>
    /// <param name="live">The table or view.</param>
    /// <param name="copy">The name of the copy, which is free.</param>
    public async Task MakeAsync(CatalogRelation live, RelationName copy)
    {
        // By name: where each node becomes visible by itself, a view of ours may have been made again since the plan was.
        var oid = $"pg_catalog.to_regclass({SqlText.Literal(SqlText.Local(live.Name))})";
        var there = await runner
            .QueryAsync(new Statement($"select {oid} is not null"), cancellationToken)
            .ConfigureAwait(false);
        if (there[0][0] is not true)
        {
            return;
        }

        if (live.Kind == RelationKind.View)
        {
            var view = await QueryAsync($"select pg_catalog.pg_get_viewdef({oid})").ConfigureAwait(false);
            await runner
                .ExecuteAsync($"create view {copy.ToSql()} as {view[0].TrimEnd(';')}", cancellationToken)
                .ConfigureAwait(false);
            return;
        }

        var columns = await QueryAsync(
                $"""
                select pg_catalog.quote_ident(attname) from pg_catalog.pg_attribute
                where attrelid = {oid} and attnum > 0 and not attisdropped and attgenerated = '' order by attnum
                """
            )
            .ConfigureAwait(false);
        var unlogged = await QueryAsync(
                $"select case relpersistence when 'u' then 'unlogged ' else '' end from pg_catalog.pg_class where oid = {oid}"
            )
            .ConfigureAwait(false);
        var list = string.Join(", ", columns);
        await runner
            .ExecuteAsync(
                [
                    new Statement(
                        $"create {unlogged[0]}table {copy.ToSql()} (like {live.Name.ToSql()} including all excluding indexes excluding statistics)"
                    ),
                    new Statement(
                        $"insert into {copy.ToSql()} ({list}) overriding system value select {list} from {live.Name.ToSql()}"
                    ),
                ],
                cancellationToken
            )
            .ConfigureAwait(false);
        await runner
            .ExecuteAsync(
                [.. (await IndexesAsync(oid, copy).ConfigureAwait(false)).Select(index => new Statement(index))],
                cancellationToken
            )
            .ConfigureAwait(false);
    }

    // Keys come with their indexes. The definition of an index names its table after ON, behind the name of the index alone.
    private Task<ImmutableArray<string>> IndexesAsync(string oid, RelationName copy) =>
        QueryAsync(
            $"""
            select 'alter table ' || {SqlText.Literal(
                copy.ToSql()
            )} || ' add constraint ' || pg_catalog.quote_ident(conname)
                || ' ' || pg_catalog.pg_get_constraintdef(oid)
            from pg_catalog.pg_constraint where conrelid = {oid} and contype in ('p', 'u', 'x')
            union all
            select pg_catalog.replace(pg_catalog.pg_get_indexdef(i.indexrelid),
                ' ON ' || pg_catalog.quote_ident(n.nspname) || '.' || pg_catalog.quote_ident(c.relname) || ' USING ',
                ' ON ' || {SqlText.Literal(SqlText.Local(copy))} || ' USING ')
            from pg_catalog.pg_index i
            join pg_catalog.pg_class c on c.oid = i.indrelid
            join pg_catalog.pg_namespace n on n.oid = c.relnamespace
            where i.indrelid = {oid}
              and not exists (select from pg_catalog.pg_constraint k where k.conindid = i.indexrelid and k.conrelid = {oid})
            """
        );

    private async Task<ImmutableArray<string>> QueryAsync(string query)
    {
        var rows = await runner.QueryAsync(new Statement(query), cancellationToken).ConfigureAwait(false);
        return [.. rows.Select(row => (string)row[0]!)];
    }
}
