using System.Collections.Immutable;
using System.Diagnostics;
using Analytics.Compiler.Diagnostics;
using Analytics.Deployment.Applying.CuttingOver;
using Analytics.Deployment.Applying.Hooks;
using Analytics.Deployment.Planning;
using Analytics.Deployment.Reporting;
using Npgsql;

namespace Analytics.Deployment.Applying.Building;

/// <summary>Runs the steps of a plan with a number of workers, each with a connection of its own.</summary>
internal sealed class WorkerPool(RunContext context, NpgsqlDataSource connections, PublishLog log, int workers)
{
    // dbt's words.
    private const string FailFast = "Skipping due to fail_fast";

    /// <summary>Makes each node visible as soon as it is built; null when that is done for all at once, later.</summary>
    public NodeCutOver? EachNode { get; init; }

    private readonly StepOutcome?[] outcomes = new StepOutcome?[context.Plan.Steps.Length];

    /// <summary>Runs all steps, or as many as failures leave to run.</summary>
    /// <returns>The outcome of each step, in the order of the plan.</returns>
    /// <exception cref="OperationCanceledException">Somebody stopped it.</exception>
    /// <exception cref="NpgsqlException">A worker could not connect.</exception>
    public async Task<ImmutableArray<StepOutcome>> RunAsync(CancellationToken cancellationToken)
    {
        using var scheduler = new StepScheduler(context.Plan.Steps);
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        using var running = CancellationTokenSource.CreateLinkedTokenSource(linked.Token);
        var count = Math.Clamp(workers, 1, Math.Max(1, context.Plan.Steps.Length));
        var tasks = Enumerable
            .Range(1, count)
            .Select(number => WorkAsync(number, scheduler, linked, running))
            .ToArray();
        try
        {
            await Task.WhenAll(tasks).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            // One worker could not go on and stopped the others: its reason is the one to tell.
            await tasks.First(task => task.IsFaulted).ConfigureAwait(false);
        }

        return [.. outcomes.Select(outcome => outcome!)];
    }

    private async Task WorkAsync(
        int number,
        StepScheduler scheduler,
        CancellationTokenSource stop,
        CancellationTokenSource running
    )
    {
        try
        {
            NpgsqlConnection? connection = null;
            try
            {
                while (await scheduler.NextAsync(stop.Token).ConfigureAwait(false) is { } index)
                {
                    connection = await OpenAsync(connection, stop.Token).ConfigureAwait(false);
                    await StepAsync(number, index, connection, scheduler, running, stop.Token).ConfigureAwait(false);
                }
            }
            finally
            {
                if (connection is not null)
                {
                    await connection.DisposeAsync().ConfigureAwait(false);
                }
            }
        }
        catch
        {
            // A worker that cannot go on would leave the others waiting for its step.
            await stop.CancelAsync().ConfigureAwait(false);
            throw;
        }
    }

    // A connection that broke in one step is replaced for the next.
    private async Task<NpgsqlConnection> OpenAsync(NpgsqlConnection? connection, CancellationToken cancellationToken)
    {
        if (connection is { FullState: System.Data.ConnectionState.Open })
        {
            return connection;
        }

        if (connection is not null)
        {
            await connection.DisposeAsync().ConfigureAwait(false);
        }

        return await connections.OpenConnectionAsync(cancellationToken).ConfigureAwait(false);
    }

    private async Task StepAsync(
        int number,
        int index,
        NpgsqlConnection connection,
        StepScheduler scheduler,
        CancellationTokenSource running,
        CancellationToken cancellationToken
    )
    {
        var planned = context.Plan.Steps[index];
        var step = planned.Step;
        using var span = PublishTrace.Node(step, number);
        log.NodeStarted($"{step.Kind} {step.Title}");
        var startedAt = TimeProvider.System.GetUtcNow();
        var watch = Stopwatch.StartNew();
        StepOutcome outcome;
        try
        {
            outcome = await OutcomeAsync(planned, new StatementRunner(connection), running.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
            when (running.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            outcome = new StepOutcome(NodeStatus.Skipped, FailFast);
        }

        PublishTrace.Settle(span, outcome);
        Settle(index, outcome, watch.Elapsed, startedAt, number);
        var reason = $"{step.Title} {(outcome.Status == NodeStatus.Fail ? "did not pass" : "failed")}";
        Skip(scheduler.Finish(index, outcome.IsRed), reason, startedAt + watch.Elapsed, number);
        if (context.FailFast && outcome.IsRed)
        {
            Skip(scheduler.Stop(), FailFast, startedAt + watch.Elapsed, number);
            await running.CancelAsync().ConfigureAwait(false);
        }
    }

    private void Skip(ImmutableArray<int> steps, string reason, DateTimeOffset at, int worker)
    {
        foreach (var index in steps)
        {
            Settle(index, new StepOutcome(NodeStatus.Skipped, reason), TimeSpan.Zero, at, worker);
        }
    }

    private async Task<StepOutcome> OutcomeAsync(
        PlannedStep planned,
        StatementRunner runner,
        CancellationToken cancellationToken
    )
    {
        var step = planned.Step;
        try
        {
            var outcome = await step.Accept(new StepExecutor(context.For(planned), runner, cancellationToken))
                .ConfigureAwait(false);
            return EachNode is null
                ? outcome
                : await EachNode.RunAsync(planned, outcome, runner, cancellationToken).ConfigureAwait(false);
        }
        catch (HookException exception)
        {
            return new StepOutcome(NodeStatus.Error, exception.Message) { Diagnostics = exception.Diagnostics };
        }
        catch (StatementException exception)
        {
            cancellationToken.ThrowIfCancellationRequested();
            return StepFailure.Of(step.Node, exception);
        }
        catch (NpgsqlException exception)
        {
            cancellationToken.ThrowIfCancellationRequested();
            return StepFailure.Of(step.Node, exception);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            var bug = InternalDiagnostics.Failure("Publishing", exception, step.Node.Span);
            return new StepOutcome(NodeStatus.Error, bug.Message) { Diagnostics = [bug] };
        }
    }

    private void Settle(int index, StepOutcome outcome, TimeSpan elapsed, DateTimeOffset startedAt, int worker)
    {
        outcomes[index] = outcome;
        log.NodeFinished(context.Plan.Steps[index].Step, outcome, elapsed, startedAt, worker);
    }
}
