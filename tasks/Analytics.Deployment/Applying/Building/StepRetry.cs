using System.Collections.Immutable;
using Analytics.Compiler.Resolving;
using Analytics.Compiler.Resolving.Nodes;
using Analytics.Deployment.Applying.Connecting;
using Analytics.Deployment.Planning.Sql;
using Analytics.Deployment.Planning.Steps;
using Analytics.Deployment.Reporting;
using Npgsql;
using Polly;
using Polly.Retry;

namespace Analytics.Deployment.Applying.Building;

/// <summary>
/// Does a step once more when its connection broke or the server gave its transaction up for another. Nobody sees what a step leaves behind
/// half made, so that is dropped and made anew; hooks and failing rows that are kept leave their marks, so those steps stay red.
/// </summary>
/// <param name="publishLock">The lock of the publish.</param>
/// <param name="session">The server's process that holds it: without it there will be no cut-over.</param>
/// <param name="retries">How often.</param>
/// <param name="log">Who is told.</param>
internal sealed class StepRetry(PublishLock publishLock, int session, int retries, PublishLog log)
{
    /// <summary>Runs a step.</summary>
    /// <param name="step">The step.</param>
    /// <param name="worker">The connection it runs on.</param>
    /// <param name="run">Runs it, from its beginning.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async Task<StepOutcome> RunAsync(
        NodeStep step,
        WorkerConnection worker,
        Func<StatementRunner, Task<StepOutcome>> run,
        CancellationToken cancellationToken
    )
    {
        if (retries == 0 || !CanRepeat(step))
        {
            return await run(await worker.RunnerAsync(cancellationToken).ConfigureAwait(false)).ConfigureAwait(false);
        }

        var pipeline = new ResiliencePipelineBuilder<StepOutcome>()
            .AddRetry(
                new RetryStrategyOptions<StepOutcome>
                {
                    ShouldHandle = async arguments =>
                        arguments.AttemptNumber < retries
                        && Reason(arguments.Outcome, worker) is { } reason
                        && await IsReadyAsync(step, worker, reason, cancellationToken).ConfigureAwait(false),
                    MaxRetryAttempts = retries,
                    Delay = TimeSpan.Zero,
                }
            )
            .Build();
        return await pipeline
            .ExecuteAsync(
                async cancellation =>
                    await run(await worker.RunnerAsync(cancellation).ConfigureAwait(false)).ConfigureAwait(false),
                cancellationToken
            )
            .ConfigureAwait(false);
    }

    private static bool CanRepeat(NodeStep step) =>
        step switch
        {
            RunTest test => test.Test.FailingRows is null,

            // A macro may have done anything, and a function is gone only with what has come to call it.
            MakeRelation or BuildFunction => false,
            _ => step.Node
                is not RelationNode { PreHooks.IsEmpty: false }
                    and not RelationNode { PostHooks.IsEmpty: false },
        };

    // A template that asked the database tells of a broken connection in words of its own.
    private static string? Reason(Outcome<StepOutcome> outcome, WorkerConnection worker) =>
        outcome switch
        {
            { Exception: { } exception } => TransientErrors.IsTransient(exception) ? ServerMessage.Of(exception) : null,
            { Result: { IsRed: true } result } => worker.IsOpen ? null : result.Message,
            _ => null,
        };

    private async Task<bool> IsReadyAsync(
        NodeStep step,
        WorkerConnection worker,
        string reason,
        CancellationToken cancellationToken
    )
    {
        var broken = worker.IsOpen ? (int?)null : worker.Process;
        try
        {
            var runner = await worker.RunnerAsync(cancellationToken).ConfigureAwait(false);
            if (!await publishLock.IsHeldAsync(runner.Connection, session, cancellationToken).ConfigureAwait(false))
            {
                return false;
            }

            if (broken is { } process)
            {
                // What it was doing may go on for hours, and must not end in what is made now.
                await publishLock.EndMemberAsync(runner.Connection, process, cancellationToken).ConfigureAwait(false);
            }

            await runner
                .ExecuteAsync([.. Leftovers(step).Select(drop => new Statement(drop))], cancellationToken)
                .ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is NpgsqlException or StatementException)
        {
            // Then the first reason is the one to tell.
            return false;
        }

        log.Progress($"{step.Title}: {reason}; building it once more");
        return true;
    }

    private static IEnumerable<string> Leftovers(NodeStep step)
    {
        (RelationName? View, ImmutableArray<RelationName> Tables) made = step switch
        {
            BuildView view => (view.Staged, []),
            BuildTable table => (null, [table.Staged]),
            BuildMaterializedView table => (null, [table.Staged]),
            LoadSeed seed => (null, [seed.Staged]),
            BuildSnapshot snapshot => (null, [snapshot.Staged]),
            BuildDelta delta => (delta.Staged, [delta.Delta]),
            BuildSnapshotDelta delta => (delta.Staged, [delta.Delta, delta.Source]),
            _ => (null, []),
        };
        if (made.View is { } name)
        {
            yield return $"drop view if exists {SqlText.Local(name)}";
        }

        foreach (var table in made.Tables)
        {
            yield return $"drop table if exists {SqlText.Local(table)}";
        }
    }
}
