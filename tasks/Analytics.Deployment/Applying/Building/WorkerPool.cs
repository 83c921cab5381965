using System.Collections.Immutable;
using System.Diagnostics;
using Analytics.Compiler.Diagnostics;
using Analytics.Deployment.Applying.Connecting;
using Analytics.Deployment.Applying.CuttingOver;
using Analytics.Deployment.Applying.Hooks;
using Analytics.Deployment.Planning;
using Analytics.Deployment.Reporting;
using Npgsql;

namespace Analytics.Deployment.Applying.Building;

/// <summary>Runs the steps of a plan with a number of workers, each with a connection of its own.</summary>
internal sealed class WorkerPool(
    RunContext context,
    NpgsqlDataSource connections,
    Reconnection reconnection,
    PublishLog log,
    int workers
)
{
    // dbt's words.
    private const string FailFast = "Skipping due to fail_fast";

    /// <summary>Makes each node visible as soon as it is built; null when that is done for all at once, later.</summary>
    public NodeCutOver? EachNode { get; init; }

    /// <summary>Does steps once more; null where each node becomes visible by itself.</summary>
    public StepRetry? Retry { get; init; }

    private readonly StepOutcome?[] outcomes = new StepOutcome?[context.Plan.Steps.Length];

    /// <summary>Runs all steps, or as many as failures leave to run.</summary>
    /// <returns>The outcome of each step, in the order of the plan.</returns>
    /// <exception cref="OperationCanceledException">Somebody stopped it.</exception>
    /// <exception cref="NpgsqlException">A worker could not connect.</exception>
    public async Task<ImmutableArray<StepOutcome>> RunAsync(CancellationToken cancellationToken)
    {
        using var scheduler = new StepScheduler(context.Plan.Steps);
        var siblings = new SiblingTests(context);
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        using var running = CancellationTokenSource.CreateLinkedTokenSource(linked.Token);
        var count = Math.Clamp(workers, 1, Math.Max(1, context.Plan.Steps.Length));
        var tasks = Enumerable
            .Range(1, count)
            .Select(number => WorkAsync(number, scheduler, siblings, linked, running))
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
        SiblingTests siblings,
        CancellationTokenSource stop,
        CancellationTokenSource running
    )
    {
        try
        {
            var worker = new WorkerConnection(connections, reconnection);
            await using var owned = worker.ConfigureAwait(false);
            while (
                await scheduler.NextAsync(siblings.Of, stop.Token).ConfigureAwait(false) is { IsDefault: false } taken
            )
            {
                await worker.RunnerAsync(stop.Token).ConfigureAwait(false);
                var hand = new Hand(number, worker, scheduler, siblings, running);
                await (
                    taken is [var index] ? StepAsync(index, hand, stop.Token) : TestsAsync(taken, hand, stop.Token)
                ).ConfigureAwait(false);
            }
        }
        catch
        {
            // A worker that cannot go on would leave the others waiting for its step.
            await stop.CancelAsync().ConfigureAwait(false);
            throw;
        }
    }

    private async Task StepAsync(int index, Hand hand, CancellationToken cancellationToken)
    {
        var planned = context.Plan.Steps[index];
        var startedAt = TimeProvider.System.GetUtcNow();
        var watch = Stopwatch.StartNew();
        log.NodeStarted($"{planned.Step.Kind} {planned.Step.Title}");
        using var span = PublishTrace.Node(planned.Step, hand.Number);
        StepOutcome outcome;
        try
        {
            outcome = await OutcomeAsync(planned, Run, hand, Retry).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (hand.IsStopped(cancellationToken))
        {
            outcome = new StepOutcome(NodeStatus.Skipped, FailFast);
        }

        PublishTrace.Settle(span, outcome);
        await FinishAsync(index, outcome, watch.Elapsed, startedAt, hand).ConfigureAwait(false);

        Task<StepOutcome> Run(StatementRunner runner) =>
            planned.Step.Accept(
                new StepExecutor(context.For(planned), runner, hand.Running.Token)
                {
                    Rendered = hand.Siblings.Rendered(index),
                }
            );
    }

    // Tests that share a scan have its time in common.
    private async Task TestsAsync(ImmutableArray<int> taken, Hand hand, CancellationToken cancellationToken)
    {
        var startedAt = TimeProvider.System.GetUtcNow();
        var watch = Stopwatch.StartNew();
        var held = new SortedSet<int>(taken);
        try
        {
            var runner = await hand.Worker.RunnerAsync(cancellationToken).ConfigureAwait(false);
            var shared = hand.Siblings.Prepare(taken, runner, hand.Running.Token);
            GiveBack(taken.Except(shared.Keys), held, hand);
            foreach (var test in shared.Values)
            {
                log.NodeStarted($"{test.Step.Kind} {test.Step.Title}");
            }

            var judges = await hand.Siblings.CountAsync(shared, runner, hand.Running.Token).ConfigureAwait(false);
            GiveBack(shared.Keys.Except(judges.Keys), held, hand);
            foreach (var (index, judge) in judges)
            {
                var planned = context.Plan.Steps[index];
                using var span = PublishTrace.Node(planned.Step, hand.Number);
                var outcome = await OutcomeAsync(planned, _ => judge(), hand, retry: null).ConfigureAwait(false);
                held.Remove(index);
                PublishTrace.Settle(span, outcome);
                await FinishAsync(index, outcome, watch.Elapsed, startedAt, hand).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException) when (hand.IsStopped(cancellationToken))
        {
            // A red node ended the publish: what is left in hand is skipped.
        }

        Skip([.. held], FailFast, startedAt + watch.Elapsed, hand.Number);
    }

    private static void GiveBack(IEnumerable<int> steps, SortedSet<int> held, Hand hand) =>
        held.ExceptWith(steps.Where(hand.Scheduler.GiveBack));

    private async Task FinishAsync(
        int index,
        StepOutcome outcome,
        TimeSpan elapsed,
        DateTimeOffset startedAt,
        Hand hand
    )
    {
        Settle(index, outcome, elapsed, startedAt, hand.Number);
        var title = context.Plan.Steps[index].Step.Title;
        var reason = $"{title} {(outcome.Status == NodeStatus.Fail ? "did not pass" : "failed")}";
        Skip(hand.Scheduler.Finish(index, outcome.IsRed), reason, startedAt + elapsed, hand.Number);
        if (context.FailFast && outcome.IsRed)
        {
            Skip(hand.Scheduler.Stop(), FailFast, startedAt + elapsed, hand.Number);
            await hand.Running.CancelAsync().ConfigureAwait(false);
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
        Func<StatementRunner, Task<StepOutcome>> work,
        Hand hand,
        StepRetry? retry
    )
    {
        var step = planned.Step;
        var cancellationToken = hand.Running.Token;
        try
        {
            if (retry is not null)
            {
                return await retry.RunAsync(step, hand.Worker, work, cancellationToken).ConfigureAwait(false);
            }

            var runner = await hand.Worker.RunnerAsync(cancellationToken).ConfigureAwait(false);
            var outcome = await work(runner).ConfigureAwait(false);
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

    /// <summary>What a worker has in hand while it does one thing.</summary>
    private sealed record Hand(
        int Number,
        WorkerConnection Worker,
        StepScheduler Scheduler,
        SiblingTests Siblings,
        CancellationTokenSource Running
    )
    {
        /// <summary>Whether a red node ended the publish, and nobody from outside.</summary>
        public bool IsStopped(CancellationToken outside) =>
            Running.IsCancellationRequested && !outside.IsCancellationRequested;
    }
}
