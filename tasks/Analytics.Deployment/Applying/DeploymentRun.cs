using System.Collections.Immutable;
using Analytics.Compiler;
using Analytics.Compiler.Diagnostics;
using Analytics.Compiler.Rendering;
using Analytics.Compiler.Resolving.Nodes;
using Analytics.Deployment.Applying.Building;
using Analytics.Deployment.Applying.Connecting;
using Analytics.Deployment.Applying.CuttingOver;
using Analytics.Deployment.Applying.Hooks;
using Analytics.Deployment.Applying.State;
using Analytics.Deployment.Planning;
using Analytics.Deployment.Planning.Selection.State;
using Analytics.Deployment.Reporting;
using Npgsql;

namespace Analytics.Deployment.Applying;

/// <summary>Executes one plan over an open target; the lock must be held.</summary>
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
    private readonly StatementRunner runner = new(session);
    private readonly StagingSchemas staging = new(
        session,
        publishLock,
        new StateSchema(project.Target.Schema).Name,
        new NewSchemas(project.Source.Root.Name, project.Target.Schema),
        log
    );
    private readonly Reconnection reconnection = new(project.Target, log.Progress);
    private readonly StateSchema state = new(project.Target.Schema);

    /// <summary>How the cut-over waits for readers.</summary>
    public CutOverOptions CutOverOptions { get; init; } = CutOverOptions.Default;

    /// <summary>When the publish began, UTC: the batches of <c>microbatch</c> models end with the one that it is in.</summary>
    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>Whether the first red node ends the publish.</summary>
    public bool FailFast { get; init; }

    /// <summary>Whether tests of one relation may share a scan.</summary>
    public bool FuseTests { get; init; } = true;

    /// <summary>Which rows nodes get of what they read.</summary>
    public InputRows Inputs { get; init; } = InputRows.All;

    /// <summary>The project's manifest with the names of the target, to be kept with what was made of it; null for none.</summary>
    public Task<ReadOnlyMemory<byte>>? Manifest { get; init; }

    /// <summary>Publishes.</summary>
    /// <param name="connections">The pool for the workers.</param>
    /// <param name="plan">What to do.</param>
    /// <param name="fullRefresh">What <c>flags.FULL_REFRESH</c> says.</param>
    /// <param name="workers">How many nodes run at once.</param>
    /// <param name="cancellationToken">Stops it; the old relations stay.</param>
    /// <returns>Whether everything is visible now. If not, the diagnostics were told.</returns>
    public async Task<bool> RunAsync(
        NpgsqlDataSource connections,
        DeploymentPlan plan,
        bool fullRefresh,
        int workers,
        CancellationToken cancellationToken
    )
    {
        log.Expect(plan.Steps);
        if (!await staging.PrepareAsync(plan, cancellationToken).ConfigureAwait(false))
        {
            return false;
        }

        if (plan.EachNode)
        {
            // Before the workers: two that make it at once would be in each other's way.
            await runner
                .ExecuteAsync([.. state.Create(project.Source.Root.Name)], cancellationToken)
                .ConfigureAwait(false);
            log.IsLive = true;
        }

        var context = new RunContext(project, plan, fullRefresh)
        {
            StartedAt = StartedAt,
            FailFast = FailFast,
            FuseTests = FuseTests,
            Inputs = Inputs,
            Say = log.Progress,
        };
        var last = new LastConnection(session, connections);
        await using var owned = last.ConfigureAwait(false);
        var cutOver = false;
        var cleaned = false;
        try
        {
            var hooks = new RunHooks(context, runner, log);
            cutOver =
                await hooks.StartAsync(cancellationToken).ConfigureAwait(false)
                && await ExecuteAsync(context, connections, last, workers, cancellationToken).ConfigureAwait(false);
            if (!cutOver)
            {
                await staging.CleanAsync(plan).ConfigureAwait(false);
                cleaned = true;
                log.RollBack();
            }

            await EndAsync(context, cutOver ? last : null, cancellationToken).ConfigureAwait(false);
            return cutOver;
        }
        finally
        {
            if (!cutOver)
            {
                if (!cleaned)
                {
                    await staging.CleanAsync(plan).ConfigureAwait(false);
                }

                await staging.DropNewSchemasAsync(plan).ConfigureAwait(false);
            }
        }
    }

    // One view that is wrong hides the others in the cut-over: built beside the live ones, each is told by itself.
    private async Task<bool> BuildUnreadAsync(
        RunContext context,
        NpgsqlDataSource connections,
        int workers,
        CancellationToken cancellationToken
    )
    {
        var steps = UnreadViews.Build(context.Plan.Steps);
        if (steps.IsEmpty)
        {
            return false;
        }

        log.Progress("the cut-over found a view that is wrong: building views beside the live ones to see which");
        var beside = context with
        {
            Plan = context.Plan with { Steps = steps },
            Staged = StagedRelations.Of([.. context.Plan.Steps, .. steps], context.Live),
        };
        var outcomes = await new WorkerPool(beside, connections, reconnection, log, workers)
            .RunAsync(cancellationToken)
            .ConfigureAwait(false);
        return outcomes.Any(outcome => outcome.IsRed);
    }

    // The relations are what they are by now: nothing here changes what the publish did, and what goes wrong is only told.
    private async Task EndAsync(RunContext context, LastConnection? last, CancellationToken cancellationToken)
    {
        try
        {
            var own = last is null ? runner : await last.RunnerAsync(cancellationToken).ConfigureAwait(false);
            await new RunHooks(context, own, log).EndAsync(log.Results, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (last is not null && ServerMessage.IsOfServer(exception))
        {
            log.Diagnostic(DeploymentDiagnostics.AfterCutOver(ServerMessage.Of(exception)));
        }
    }

    private async Task AfterCutOverAsync(
        RunContext context,
        ImmutableDictionary<string, StepOutcome> outcomes,
        LastConnection last,
        CancellationToken cancellationToken
    )
    {
        try
        {
            var own = await last.RunnerAsync(cancellationToken).ConfigureAwait(false);
            await new AfterCutOver(context, outcomes, own, log).RunAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (NpgsqlException exception)
        {
            log.Diagnostic(DeploymentDiagnostics.AfterCutOver(ServerMessage.Of(exception)));
        }
    }

    private async Task<ImmutableArray<Statement>> NotesAsync(IReadOnlySet<string> published, PublishedManifest? before)
    {
        if (Manifest is null)
        {
            return [];
        }

        var manifest = await Manifest.ConfigureAwait(false);
        var isAll = project.Graph.Nodes.All(node => node is OperationNode || published.Contains(node.UniqueId));
        var after = PublishedManifest.After(manifest, before, published, isAll);
        return ReferenceEquals(after, before) ? [] : [.. state.NoteManifest(project.Source.Root.Name, after)];
    }

    // Where each node became visible by itself, what the project has no more goes when all of them are.
    private async Task<bool> PruneAsync(
        RunContext context,
        NpgsqlDataSource connections,
        CancellationToken cancellationToken
    )
    {
        if (context.Plan.Pruned.IsEmpty && context.Plan.PrunedFunctions.IsEmpty)
        {
            return true;
        }

        var alone = context with { Plan = context.Plan with { Steps = [], CutOver = [], Functions = [] } };
        var none = ImmutableDictionary<string, StepOutcome>.Empty;
        var refused = await new CutOver(alone, none, runner, connections, state, log, CutOverOptions)
            .RunAsync(cancellationToken)
            .ConfigureAwait(false);
        log.Diagnostics(refused?.Diagnostics ?? []);
        return refused is null;
    }

    private async Task<bool> ExecuteAsync(
        RunContext context,
        NpgsqlDataSource connections,
        LastConnection last,
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

        var before = Manifest is null
            ? null
            : await state.ReadManifestAsync(runner, project.Source.Root.Name, cancellationToken).ConfigureAwait(false);
        var outcomes = await new WorkerPool(context, connections, reconnection, log, workers)
        {
            EachNode = plan.EachNode ? new NodeCutOver(context, connections, state, log, CutOverOptions) : null,
            Retry = plan.EachNode ? null : new StepRetry(publishLock, session.ProcessID, reconnection.Retries, log),
        }
            .RunAsync(cancellationToken)
            .ConfigureAwait(false);
        var red = plan
            .Steps.Zip(outcomes)
            .Where(pair => pair.Second.IsRed)
            .Select(pair => pair.First.Step.Node.UniqueId)
            .ToImmutableHashSet(StringComparer.Ordinal);
        if (plan.EachNode)
        {
            var noted = await NotesAsync(plan.Selected.Except(red), before).ConfigureAwait(false);
            await runner.ExecuteAsync(noted, cancellationToken).ConfigureAwait(false);
        }

        if (!red.IsEmpty)
        {
            return false;
        }

        if (plan.EachNode)
        {
            await staging.CleanAsync(plan).ConfigureAwait(false);
            await runner
                .ExecuteAsync([.. plan.MissingSchemas.Select(NewSchemas.Keep)], CancellationToken.None)
                .ConfigureAwait(false);
            return await PruneAsync(context, connections, cancellationToken).ConfigureAwait(false);
        }

        var byId = plan
            .Steps.Zip(outcomes)
            .ToImmutableDictionary(pair => pair.First.Step.Node.UniqueId, pair => pair.Second, StringComparer.Ordinal);
        var refused = await new CutOver(
            MadeRelations.Settle(context, byId),
            byId,
            runner,
            connections,
            state,
            log,
            CutOverOptions
        )
        {
            Notes = await NotesAsync(plan.Selected, before).ConfigureAwait(false),
        }
            .RunAsync(cancellationToken)
            .ConfigureAwait(false);
        if (refused is not null)
        {
            if (
                !refused.OfQuery
                || !await BuildUnreadAsync(context, connections, workers, cancellationToken).ConfigureAwait(false)
            )
            {
                log.Diagnostics(refused.Diagnostics);
            }

            return false;
        }

        await AfterCutOverAsync(context, byId, last, cancellationToken).ConfigureAwait(false);
        return true;
    }
}
