using System.Collections.Immutable;
using Analytics.Compiler.Resolving;
using Analytics.Deployment.Planning;
using Analytics.Deployment.Planning.Catalog;
using Analytics.Deployment.Planning.Sql;
using Analytics.Deployment.Planning.Steps;
using Npgsql;

namespace Analytics.Deployment.Applying.CuttingOver;

/// <summary>
/// Takes the locks of one attempt. <c>lock_timeout</c> stays set until the transaction ends: no later statement of it may keep readers
/// waiting longer than the locks themselves.
/// </summary>
internal sealed class CutOverLocks(DeploymentPlan plan, StatementRunner runner, CutOverOptions options)
{
    /// <summary>Takes everything staged for the cut-over alone. Nobody reads it, so no reader waits.</summary>
    /// <exception cref="StatementException">A lock could not be had.</exception>
    public Task TakeStagedAsync(CancellationToken cancellationToken)
    {
        var statements = new List<string> { WaitFor(options.StagedWait) };

        // Nobody needs the staged views any more, and one on a live table would keep its columns from being changed.
        var views = plan
            .Steps.Select(planned =>
                planned.Step switch
                {
                    BuildView view => view.Staged,
                    BuildDelta delta => delta.Staged,
                    BuildSnapshotDelta delta => delta.Staged,
                    _ => null,
                }
            )
            .OfType<RelationName>()
            .Select(SqlText.Local)
            .ToList();
        if (views.Count > 0)
        {
            statements.Add($"drop view {string.Join(", ", views)}");
        }

        var tables = plan.CutOver.SelectMany(step => StagedTables(step)).Select(SqlText.Local).ToList();
        if (tables.Count > 0)
        {
            statements.Add($"lock table only {string.Join(", only ", tables)} in access exclusive mode");
        }

        return ExecuteAsync(statements, cancellationToken);
    }

    /// <summary>
    /// Takes what is live: views from the outside in, then tables, which is the order in which a reader locks them. LOCK TABLE on a view
    /// would lock every table below it as well, sources too; to give a view the owner that it has locks the view alone and changes
    /// nothing.
    /// </summary>
    /// <exception cref="StatementException">A lock could not be had.</exception>
    public Task TakeLiveAsync(
        LiveObjects live,
        IEnumerable<CatalogRelation> disturbed,
        IEnumerable<CatalogRelation> tables,
        CancellationToken cancellationToken
    )
    {
        var statements = new List<string> { WaitFor(options.LockWait) };
        statements.AddRange(
            live.Dependents.Views.Reverse()
                .Select(view => (view.Kind, view.Name))
                .Concat(disturbed.Reverse().Where(IsView).Select(relation => (relation.Kind, relation.Name)))
                .Select(view => (view.Kind, view.Name, Owner: live.OwnerOf(view.Name)))
                .Where(view => view.Owner is not null)
                .Select(view =>
                    $"alter {view.Kind.Sql()} {view.Name.ToSql()} owner to {RelationName.Quote(view.Owner!)}"
                )
        );
        var names = tables
            .Where(relation => relation.Kind == RelationKind.Table)
            .Select(relation => SqlText.Local(relation.Name))
            .Order(StringComparer.Ordinal)
            .ToList();
        if (names.Count > 0)
        {
            statements.Add($"lock table only {string.Join(", only ", names)} in access exclusive mode");
        }

        return ExecuteAsync(statements, cancellationToken);
    }

    /// <summary>
    /// Keeps others from granting on relations that are dropped: GRANT takes no lock on a relation, and what it says after the last reading
    /// would be lost. It writes the rows of the relation and its columns in the catalog, and so does this; who comes later waits, and is
    /// then told that the relation is gone.
    /// </summary>
    /// <returns>False when somebody grants at this very moment.</returns>
    /// <exception cref="StatementException">Somebody who grants did not end in time.</exception>
    public async Task<bool> TakePrivilegesAsync(
        IEnumerable<RelationState> relations,
        CancellationToken cancellationToken
    )
    {
        // The owner may do this already.
        var statements = relations
            .OrderBy(relation => relation.Name.ToString(), StringComparer.Ordinal)
            .SelectMany(relation =>
                relation
                    .ColumnComments.Keys.Select(column => (string?)column)
                    .Prepend(null)
                    .Select(column => new Grant("select", column, relation.Owner, false).GrantSql(relation.Name))
            )
            .ToList();
        try
        {
            await ExecuteAsync(statements, cancellationToken).ConfigureAwait(false);
            return true;
        }
        catch (StatementException exception) when (exception.Error.SqlState == PostgresErrorCodes.InternalError)
        {
            // "tuple concurrently updated" has no code of its own.
            return false;
        }
    }

    /// <summary>Whether it is locked and dropped as a view is.</summary>
    public static bool IsView(CatalogRelation relation) =>
        relation.Kind is RelationKind.View or RelationKind.MaterializedView;

    private static ImmutableArray<RelationName> StagedTables(CutOverStep step) =>
        step switch
        {
            MoveTable move => [move.Staged],
            CreateMaterializedView create => [create.Build.Staged],
            RefreshMaterializedView refresh => [refresh.Build.Staged],
            MergeDelta merge => [merge.Build.Delta],
            MergeSnapshot merge => [merge.Build.Source, merge.Build.Delta],
            _ => [],
        };

    private static string WaitFor(TimeSpan time) =>
        FormattableString.Invariant($"set local lock_timeout = {(int)time.TotalMilliseconds}");

    private Task ExecuteAsync(List<string> statements, CancellationToken cancellationToken) =>
        runner.ExecuteAsync([.. statements.Select(statement => new Statement(statement))], cancellationToken);
}
