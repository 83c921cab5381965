using System.Collections.Immutable;
using System.Diagnostics;
using Analytics.Compiler.Diagnostics;
using Analytics.Deployment.Applying.Building;
using Analytics.Deployment.Applying.Hooks;
using Analytics.Deployment.Applying.State;
using Analytics.Deployment.Planning;
using Analytics.Deployment.Planning.Steps;
using Analytics.Deployment.Reporting;
using Npgsql;

namespace Analytics.Deployment.Applying.CuttingOver;

/// <summary>
/// Makes everything that was built visible in one transaction. What no reader notices comes first; then, after a savepoint, what needs
/// locks: when a lock cannot be had soon, the transaction goes back to the savepoint, lets readers pass and tries again.
/// </summary>
internal sealed class CutOver(
    RunContext context,
    ImmutableDictionary<string, StepOutcome> outcomes,
    StatementRunner runner,
    NpgsqlDataSource connections,
    StateSchema state,
    PublishLog log,
    CutOverOptions options
)
{
    // What CREATE OR REPLACE VIEW says of a query whose first columns are not those of the view.
    private const string OtherColumns = PostgresErrorCodes.InvalidTableDefinition;

    /// <summary>Notes more in the transaction, when all else is done.</summary>
    public ImmutableArray<Statement> Notes { get; init; } = [];

    private readonly DeploymentPlan plan = context.Plan;
    private ImmutableArray<(CutOverStep Step, StepWork Work)> work =
    [
        .. context.Plan.CutOver.Select(step => (step, step.Accept(new CutOverWork(outcomes)))),
    ];

    private NpgsqlConnection Connection => runner.Connection;

    /// <summary>Cuts over.</summary>
    /// <returns>Null when it is done; else why everything was rolled back.</returns>
    public async Task<CutOverRefusal?> RunAsync(CancellationToken cancellationToken)
    {
        using var span = PublishTrace.Part("cut over");
        await using var transaction = await Connection.BeginTransactionAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            await PostponeAsync(cancellationToken).ConfigureAwait(false);
            await ExecuteAsync(work.SelectMany(entry => entry.Work.Quiet), cancellationToken).ConfigureAwait(false);
            if (await ReplaceAsync(transaction, cancellationToken).ConfigureAwait(false) is { } refused)
            {
                await RollbackAsync(transaction).ConfigureAwait(false);
                return new CutOverRefusal(refused);
            }

            await ExecuteAsync(state.Note(plan, context.Project.Source.Root.Name).Concat(Notes), cancellationToken)
                .ConfigureAwait(false);
            if (!plan.EachNode)
            {
                await ExecuteAsync(plan.MissingSchemas.Select(NewSchemas.Keep), cancellationToken)
                    .ConfigureAwait(false);
                await StagingArea.DropAsync(runner, plan.StagingSchemas, cancellationToken).ConfigureAwait(false);
            }

            return await CommitAsync(transaction, cancellationToken).ConfigureAwait(false);
        }
        catch (StatementException exception)
        {
            await RollbackAsync(transaction).ConfigureAwait(false);
            cancellationToken.ThrowIfCancellationRequested();
            return new CutOverRefusal([Refusal(exception)]) { Statement = exception };
        }
        catch (HookException exception)
        {
            await RollbackAsync(transaction).ConfigureAwait(false);
            cancellationToken.ThrowIfCancellationRequested();
            return new CutOverRefusal(exception.Diagnostics);
        }
    }

    private async Task<CutOverRefusal?> CommitAsync(NpgsqlTransaction transaction, CancellationToken cancellationToken)
    {
        var id = await runner
            .QueryAsync(new Statement("select pg_catalog.pg_current_xact_id()::text"), cancellationToken)
            .ConfigureAwait(false);
        cancellationToken.ThrowIfCancellationRequested();
        try
        {
            // From here on it is the server's word that counts, not ours.
            await transaction.CommitAsync(CancellationToken.None).ConfigureAwait(false);
            return null;
        }
        catch (Exception exception) when (ServerMessage.IsOfServer(exception) && !IsOpen)
        {
            return await new CommitOutcome(connections, options.Patience)
                .AskAsync((string)id[0][0]!)
                .ConfigureAwait(false) switch
            {
                true => null,
                false => new CutOverRefusal([
                    DeploymentDiagnostics.CutOver($"the connection was lost: {ServerMessage.Of(exception)}"),
                ]),
                null => new CutOverRefusal([DeploymentDiagnostics.CommitUnknown(ServerMessage.Of(exception))]),
            };
        }
    }

    private bool IsOpen => Connection.FullState.HasFlag(System.Data.ConnectionState.Open);

    // Rows that are to lead to a new table would be held against the old one while their key still does.
    private async Task PostponeAsync(CancellationToken cancellationToken)
    {
        var keys = await new ForeignKeyCarrier(plan, runner).ReadAsync(cancellationToken).ConfigureAwait(false);
        var children = keys.Select(key => key.Child).ToHashSet();
        work =
        [
            .. work.Select(entry =>
                children.Contains(entry.Step.Node.Relation) && entry.Step is MergeDelta or MergeSnapshot
                    ? (entry.Step, entry.Work.Late())
                    : entry
            ),
        ];
    }

    // After an error such as a lack of memory the driver gives the connection up, and the server has rolled back by itself.
    private Task RollbackAsync(NpgsqlTransaction transaction) =>
        IsOpen ? transaction.RollbackAsync(CancellationToken.None) : Task.CompletedTask;

    private async Task<ImmutableArray<Diagnostic>?> ReplaceAsync(
        NpgsqlTransaction transaction,
        CancellationToken cancellationToken
    )
    {
        const string Savepoint = "before_locks";
        var watch = Stopwatch.StartNew();
        var told = TimeSpan.Zero;
        await transaction.SaveAsync(Savepoint, cancellationToken).ConfigureAwait(false);
        var inPlace = true;
        while (true)
        {
            var attempt = new CutOverAttempt(
                context,
                work,
                new FunctionCutOver(context, outcomes, runner),
                runner,
                options,
                inPlace
            );
            try
            {
                if (await attempt.RunAsync(cancellationToken).ConfigureAwait(false))
                {
                    return null;
                }
            }
            catch (StatementException exception) when (inPlace && exception.Error.SqlState == OtherColumns)
            {
                await transaction.RollbackAsync(Savepoint, cancellationToken).ConfigureAwait(false);
                inPlace = false;
                continue;
            }
            catch (PruneException exception)
            {
                return exception.Diagnostics;
            }
            catch (FunctionException exception)
            {
                return [exception.Diagnostic];
            }
            catch (DependentsException exception)
            {
                return PlanBuilder.Blocked(plan.CutOver, exception.Blockers);
            }
            catch (Exception exception) when (CanTryAgain(exception))
            {
                cancellationToken.ThrowIfCancellationRequested();
            }

            await transaction.RollbackAsync(Savepoint, cancellationToken).ConfigureAwait(false);
            var holders = await LockHolders
                .FindAsync(Connection, attempt.Locked, plan.StagingSchemas, cancellationToken)
                .ConfigureAwait(false);
            if (watch.Elapsed > options.Patience)
            {
                return [DeploymentDiagnostics.CutOver($"others did not let go of what is replaced; {holders}")];
            }

            if (watch.Elapsed - told > TimeSpan.FromSeconds(5) || told == TimeSpan.Zero)
            {
                told = watch.Elapsed;
                log.Progress($"waiting to cut over{(holders.Length > 0 ? ": " + holders : string.Empty)}");
            }

            await Task.Delay(options.Pause, cancellationToken).ConfigureAwait(false);
        }
    }

    private static bool CanTryAgain(Exception exception) =>
        (exception as StatementException ?? exception.InnerException as StatementException)
            is { Error.SqlState: PostgresErrorCodes.LockNotAvailable or PostgresErrorCodes.DeadlockDetected };

    private Task<ImmutableArray<long>> ExecuteAsync(
        IEnumerable<Statement> statements,
        CancellationToken cancellationToken
    ) => runner.ExecuteAsync([.. statements], cancellationToken);

    private static Diagnostic Refusal(StatementException exception)
    {
        var refused = DeploymentDiagnostics.CutOver(
            exception is RecreateException recreate
                ? $"{recreate.What} cannot be created again on the new relations: {exception.Explanation}"
                : $"{exception.Explanation} (SQLSTATE {exception.Error.SqlState})"
        );
        return exception.Statement.Locate(exception.Error) is var (span, related)
            ? refused with
            {
                Span = span,
                Related = related,
            }
            : refused;
    }
}
