using System.Collections.Immutable;
using Analytics.Compiler;
using Analytics.Compiler.Diagnostics;
using Analytics.Compiler.Resolving;
using Analytics.Compiler.Resolving.Nodes;
using Analytics.Deployment.Applying.Building;
using Analytics.Deployment.Applying.Catalog;
using Analytics.Deployment.Applying.Connecting;
using Analytics.Deployment.Applying.CuttingOver;
using Analytics.Deployment.Applying.Hooks;
using Analytics.Deployment.Applying.State;
using Analytics.Deployment.Planning;
using Analytics.Deployment.Planning.Catalog;
using Analytics.Deployment.Planning.Fingerprints;
using Analytics.Deployment.Reporting;
using Npgsql;

namespace Analytics.Deployment.Applying;

/// <summary>Plans and executes one publish over an open target; to run it, the lock must be held.</summary>
/// <param name="project">The project, bound to the target.</param>
/// <param name="session">The connection that holds the lock; the cut-over runs on it.</param>
/// <param name="publishLock">The lock.</param>
/// <param name="log">Who is told.</param>
internal sealed class DeploymentRun(
    CompiledProject project,
    NpgsqlConnection session,
    PublishLock publishLock,
    PublishLog log
)
{
    // After a cancellation the server is given this long to drop what was staged; else the next publish does it.
    private static readonly TimeSpan CleaningTime = TimeSpan.FromSeconds(10);

    private readonly StatementRunner runner = new(session);
    private readonly StagingArea staging = new(publishLock);
    private readonly StateSchema state = new(project.Target.Schema);

    /// <summary>How the cut-over waits for readers.</summary>
    public CutOverOptions CutOverOptions { get; init; } = CutOverOptions.Default;

    /// <summary>Whether also what did not change is built.</summary>
    public bool Force { get; init; }

    /// <summary>When the publish began, UTC: the batches of <c>microbatch</c> models end with the one that it is in.</summary>
    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>Publishes.</summary>
    /// <param name="connections">The pool for the workers.</param>
    /// <param name="selected">Unique ids of the nodes to publish.</param>
    /// <param name="fullRefresh">Whether incremental models are built anew.</param>
    /// <param name="workers">How many nodes run at once.</param>
    /// <param name="cancellationToken">Stops it; the old relations stay.</param>
    /// <returns>Whether everything is visible now. If not, the diagnostics were told.</returns>
    public async Task<bool> RunAsync(
        NpgsqlDataSource connections,
        IReadOnlySet<string> selected,
        bool fullRefresh,
        int workers,
        CancellationToken cancellationToken
    )
    {
        if (await PlanAsync(selected, fullRefresh, cancellationToken).ConfigureAwait(false) is not { } plan)
        {
            return false;
        }

        if (!await PrepareAsync(plan, cancellationToken).ConfigureAwait(false))
        {
            return false;
        }

        var context = new RunContext(project, plan, fullRefresh) { StartedAt = StartedAt, Say = log.Progress };
        var cutOver = false;
        var cleaned = false;
        try
        {
            var hooks = new RunHooks(context, runner, log);
            cutOver =
                await hooks.StartAsync(cancellationToken).ConfigureAwait(false)
                && await ExecuteAsync(context, connections, workers, cancellationToken).ConfigureAwait(false);
            if (!cutOver)
            {
                await CleanAsync(plan).ConfigureAwait(false);
                cleaned = true;
                log.RollBack();
            }

            await EndAsync(hooks, cutOver, cancellationToken).ConfigureAwait(false);
            return cutOver;
        }
        finally
        {
            if (!cutOver)
            {
                if (!cleaned)
                {
                    await CleanAsync(plan).ConfigureAwait(false);
                }

                await DropNewSchemasAsync(plan).ConfigureAwait(false);
            }
        }
    }

    // The relations are what they are by now: nothing here changes what the publish did, and what goes wrong is only told.
    private async Task EndAsync(RunHooks hooks, bool cutOver, CancellationToken cancellationToken)
    {
        try
        {
            await hooks.EndAsync(log.Results, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (cutOver && IsOfServer(exception))
        {
            log.Diagnostic(DeploymentDiagnostics.AfterCutOver(ServerMessage.Of(exception)));
        }
    }

    /// <summary>Makes the plan; only the catalog is read.</summary>
    /// <param name="selected">Unique ids of the nodes to publish.</param>
    /// <param name="fullRefresh">Whether incremental models are built anew.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>Null when there is an error, which was told.</returns>
    public async Task<DeploymentPlan?> PlanAsync(
        IReadOnlySet<string> selected,
        bool fullRefresh,
        CancellationToken cancellationToken
    )
    {
        var names = project
            .Graph.Nodes.OfType<RelationNode>()
            .Where(node => node is not SourceNode && selected.Contains(node.UniqueId))
            .Select(node => node.Relation)
            .Concat(Tests(selected).Select(test => test.FailingRows).OfType<RelationName>())
            .Distinct()
            .ToList();
        var catalog = await CatalogReader.ReadAsync(session, names, cancellationToken).ConfigureAwait(false);
        var fingerprints = Fingerprints(selected, fullRefresh, cancellationToken);
        var published =
            Force || fullRefresh
                ? PublishedState.Empty
                : await state.ReadAsync(runner, project.Target.Database, cancellationToken).ConfigureAwait(false);
        var unchanged = new UnchangedRelations(project.Graph, selected, catalog, published, fingerprints).Find();
        var builder = new PlanBuilder(project.Graph, selected.Except(unchanged).ToHashSet(), catalog, fullRefresh)
        {
            MaterializedViews = await MaterializedViewsAsync(catalog, published, fingerprints, cancellationToken)
                .ConfigureAwait(false),
        };
        var (draft, wrong) = builder.Draft();
        log.Diagnostics(wrong);
        if (draft is null)
        {
            return null;
        }

        var dependents = await CatalogReader
            .DependentsAsync(
                session,
                project.Target.Database,
                [.. draft.Replaced.Select(relation => relation.Oid)],
                [.. draft.CutOver.Select(step => StagingNames.Schema(step.Node.Relation.Schema)).Distinct()],
                cancellationToken
            )
            .ConfigureAwait(false);
        var (plan, blocked) = builder.Complete(draft, project.Target.Name, project.Target.Database, dependents);
        log.Diagnostics(blocked);
        return plan is null
            ? null
            : plan with
            {
                Reused =
                [
                    .. project
                        .Graph.Nodes.OfType<RelationNode>()
                        .Where(node => unchanged.Contains(node.UniqueId) || builder.LeftAlone.Contains(node)),
                ],
                Fingerprints = fingerprints,
            };
    }

    private async Task<ImmutableDictionary<string, LiveMaterializedView>> MaterializedViewsAsync(
        CatalogSnapshot catalog,
        PublishedState published,
        ImmutableDictionary<string, string> fingerprints,
        CancellationToken cancellationToken
    )
    {
        var live = project
            .Graph.Nodes.OfType<ModelNode>()
            .Where(model => model.Materialization == Materialization.MaterializedView)
            .Select(model => (Model: model, Relation: catalog.Find(model.Relation)))
            .Where(pair => pair.Relation is { Kind: RelationKind.MaterializedView })
            .ToList();
        var indexes = await CatalogReader
            .IndexesAsync(session, [.. live.Select(pair => pair.Relation!.Oid)], cancellationToken)
            .ConfigureAwait(false);
        return live.ToImmutableDictionary(
            pair => pair.Model.UniqueId,
            pair => new LiveMaterializedView(
                published.Fingerprints.TryGetValue(pair.Model.Relation, out var made)
                    && fingerprints.GetValueOrDefault(pair.Model.UniqueId) == made,
                [.. indexes[pair.Relation!.Oid]]
            ),
            StringComparer.Ordinal
        );
    }

    private IEnumerable<TestNode> Tests(IReadOnlySet<string> selected) =>
        project.Graph.Nodes.OfType<TestNode>().Where(test => selected.Contains(test.UniqueId));

    // Rendering does not touch the database here: all processors take part.
    private ImmutableDictionary<string, string> Fingerprints(
        IReadOnlySet<string> selected,
        bool fullRefresh,
        CancellationToken cancellationToken
    ) =>
        project
            .Graph.Nodes.OfType<RelationNode>()
            .Where(node =>
                node
                    is SeedNode
                        or ModelNode { Materialization: Materialization.View or Materialization.MaterializedView }
            )
            .Where(node => selected.Contains(node.UniqueId))
            .AsParallel()
            .WithCancellation(cancellationToken)
            .Select(node => (node.UniqueId, Fingerprint: Fingerprint.Of(project, node, fullRefresh, cancellationToken)))
            .Where(entry => entry.Fingerprint is not null)
            .ToImmutableDictionary(entry => entry.UniqueId, entry => entry.Fingerprint!, StringComparer.Ordinal);

    private async Task<bool> PrepareAsync(DeploymentPlan plan, CancellationToken cancellationToken)
    {
        var found = await staging.FindAsync(session, plan.StagingSchemas, cancellationToken).ConfigureAwait(false);
        foreach (var other in found.Others)
        {
            if (await DropOfOthersAsync(other, cancellationToken).ConfigureAwait(false) is { } taken)
            {
                log.Diagnostic(taken);
                return false;
            }
        }

        if (!found.Ours.IsEmpty)
        {
            log.Progress($"dropping what an interrupted publish left: {string.Join(", ", found.Ours)}");
            await StagingArea.DropAsync(runner, found.Ours, cancellationToken).ConfigureAwait(false);
        }

        var statements = plan
            .MissingSchemas.Select(schema => $"create schema if not exists {RelationName.Quote(schema)}")
            .Concat(staging.Create(plan.StagingSchemas));
        await runner
            .ExecuteAsync([.. statements.Select(statement => new Statement(statement))], cancellationToken)
            .ConfigureAwait(false);
        return true;
    }

    // Another project or target that shares a schema with this one may have been killed as well: then its lock is free.
    private async Task<Diagnostic?> DropOfOthersAsync(OtherSchema schema, CancellationToken cancellationToken)
    {
        if (schema.Lock is not { } other)
        {
            return DeploymentDiagnostics.StagingTaken(
                schema.Name,
                "it was not made by Analytics.Sdk: drop or rename it"
            );
        }

        if (await other.TryTakeAsync(session, cancellationToken).ConfigureAwait(false) is { } holder)
        {
            return DeploymentDiagnostics.StagingTaken(schema.Name, $"another publish is building there ({holder})");
        }

        await StagingArea.DropAsync(runner, [schema.Name], cancellationToken).ConfigureAwait(false);
        await other.ReleaseAsync(session, cancellationToken).ConfigureAwait(false);
        return null;
    }

    private async Task<bool> ExecuteAsync(
        RunContext context,
        NpgsqlDataSource connections,
        int workers,
        CancellationToken cancellationToken
    )
    {
        var plan = context.Plan;
        log.Begin(plan.Steps.Length + plan.Reused.Length);
        foreach (var node in plan.Reused)
        {
            log.NodeReused(node, TimeProvider.System.GetUtcNow());
        }

        var outcomes = await new WorkerPool(context, connections, log, workers)
            .RunAsync(cancellationToken)
            .ConfigureAwait(false);
        if (outcomes.Any(outcome => outcome.IsRed))
        {
            return false;
        }

        var byId = plan
            .Steps.Zip(outcomes)
            .ToImmutableDictionary(pair => pair.First.Step.Node.UniqueId, pair => pair.Second, StringComparer.Ordinal);
        var refused = await new CutOver(context, byId, runner, state, log, CutOverOptions)
            .RunAsync(cancellationToken)
            .ConfigureAwait(false);
        if (refused is { } diagnostics)
        {
            log.Diagnostics(diagnostics);
            return false;
        }

        await new AfterCutOver(context, byId, runner, log).RunAsync(cancellationToken).ConfigureAwait(false);
        return true;
    }

    private async Task CleanAsync(DeploymentPlan plan)
    {
        using var limit = new CancellationTokenSource(CleaningTime);
        try
        {
            await StagingArea.DropAsync(runner, plan.StagingSchemas, limit.Token).ConfigureAwait(false);
        }
        catch (Exception exception) when (IsOfServer(exception))
        {
            log.Progress($"what was staged is left for the next publish to drop: {ServerMessage.Of(exception)}");
        }
    }

    // A first publish that is red leaves no trace. Without CASCADE: what a hook or somebody else made in a schema meanwhile keeps it.
    private async Task DropNewSchemasAsync(DeploymentPlan plan)
    {
        using var limit = new CancellationTokenSource(CleaningTime);
        foreach (var schema in plan.MissingSchemas)
        {
            try
            {
                await runner
                    .ExecuteAsync($"drop schema if exists {RelationName.Quote(schema)}", limit.Token)
                    .ConfigureAwait(false);
            }
            catch (StatementException exception)
                when (exception.Error.SqlState == PostgresErrorCodes.DependentObjectsStillExist
                    && plan.AuditSchemas.Contains(schema)
                )
            {
                // It has the rows that tests found, which are there to be read now.
            }
            catch (Exception exception) when (IsOfServer(exception))
            {
                log.Progress($"schema {schema} stays: {ServerMessage.Of(exception)}");
            }
        }
    }

    /// <summary>Whether an exception says that the server did not do what it was told, and no bug of ours.</summary>
    internal static bool IsOfServer(Exception exception) =>
        exception is StatementException or NpgsqlException or OperationCanceledException or InvalidOperationException;
}
