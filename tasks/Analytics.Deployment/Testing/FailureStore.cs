using Analytics.Compiler.Rendering;
using Analytics.Compiler.Resolving;
using Analytics.Deployment.Applying;
using Analytics.Deployment.Planning;
using Analytics.Deployment.Planning.Catalog;

namespace Analytics.Deployment.Testing;

/// <summary>
/// Keeps what data tests find. At once and not with the cut-over: these rows are wanted most when the publish comes to nothing.
/// </summary>
/// <param name="runner">A connection that nobody else uses meanwhile.</param>
/// <param name="cancellationToken">Ends it.</param>
internal sealed class FailureStore(StatementRunner runner, CancellationToken cancellationToken)
{
    private const string NewSuffix = "__dbt_tmp";

    // Whoever reads the old rows in a transaction that stands still must not hold up a publish for ever.
    private const string Patience = "set local lock_timeout = '10s'";

    /// <summary>
    /// Puts the rows into a table, or under a view. A table with the same columns takes them, and keeps what was granted on it and built on it; else the new
    /// one takes the place of what was there.
    /// </summary>
    /// <param name="kept">Where.</param>
    /// <param name="old">What was there when the plan was made; null for nothing.</param>
    /// <param name="sql">The test's query.</param>
    /// <param name="asView">Whether a view shows them instead; what the query reads must be there for good.</param>
    /// <param name="comment">What the statement begins with.</param>
    /// <exception cref="StatementException">The query is wrong, or something depends on what must go.</exception>
    public async Task KeepAsync(RelationName kept, CatalogRelation? old, RenderedSql sql, bool asView, string comment)
    {
        var transaction = await runner.Connection.BeginTransactionAsync(cancellationToken).ConfigureAwait(false);
        await using (transaction.ConfigureAwait(false))
        {
            var table = kept with { Identifier = StagingNames.WithSuffix(kept.Identifier, NewSuffix) };
            var kind = asView ? "view" : "table";
            var create = Statement.Around($"create {kind} {table.ToSql()} as (\n", sql, "\n)").After(comment);
            await runner.ExecuteAsync([new Statement(Patience), create], cancellationToken).ConfigureAwait(false);
            var columns = await runner.ColumnsAsync(table, cancellationToken).ConfigureAwait(false);
            IEnumerable<string> place =
                !asView && old is { Kind: RelationKind.Table } && old.Columns.SequenceEqual(columns)
                    ?
                    [
                        $"delete from {kept.ToSql()}",
                        $"insert into {kept.ToSql()} select * from {table.ToSql()}",
                        $"drop table {table.ToSql()}",
                    ]
                : old is null ? [Rename(table, kept)]
                : [$"drop {old.Kind.Sql()} if exists {kept.ToSql()}", Rename(table, kept)];
            await runner
                .ExecuteAsync([.. place.Select(statement => new Statement(statement))], cancellationToken)
                .ConfigureAwait(false);
            await transaction.CommitAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Has a view in place of the table that <see cref="KeepAsync"/> made: the relations it reads have their final names now.</summary>
    /// <param name="kept">Where.</param>
    /// <param name="sql">The test's query on final names.</param>
    /// <param name="comment">What the statement begins with.</param>
    /// <exception cref="StatementException">Something depends on the table.</exception>
    public async Task ShowAsync(RelationName kept, RenderedSql sql, string comment)
    {
        var transaction = await runner.Connection.BeginTransactionAsync(cancellationToken).ConfigureAwait(false);
        await using (transaction.ConfigureAwait(false))
        {
            var create = Statement.Around($"create view {kept.ToSql()} as (\n", sql, "\n)").After(comment);
            await runner
                .ExecuteAsync(
                    [new Statement(Patience), new Statement($"drop table {kept.ToSql()}"), create],
                    cancellationToken
                )
                .ConfigureAwait(false);
            await transaction.CommitAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    private static string Rename(RelationName table, RelationName kept) =>
        $"alter table {table.ToSql()} rename to {RelationName.Quote(kept.Identifier)}";
}
