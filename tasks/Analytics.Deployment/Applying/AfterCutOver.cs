using System.Collections.Immutable;
using Analytics.Compiler.Diagnostics;
using Analytics.Deployment.Applying.Building;
using Analytics.Deployment.Applying.Hooks;
using Analytics.Deployment.Planning.Sql;
using Analytics.Deployment.Planning.Steps;
using Analytics.Deployment.Reporting;
using Analytics.Deployment.Testing;

namespace Analytics.Deployment.Applying;

/// <summary>What is left to do when everybody sees the new relations. Nothing of it can take them away: what goes wrong is only told.</summary>
/// <param name="context">The publish.</param>
/// <param name="outcomes">What the steps gave, by unique id.</param>
/// <param name="runner">The connection that has cut over, or one in its place.</param>
/// <param name="log">Who is told.</param>
internal sealed class AfterCutOver(
    RunContext context,
    ImmutableDictionary<string, StepOutcome> outcomes,
    StatementRunner runner,
    PublishLog log
)
{
    /// <summary>Does it.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        await AnalyzeAsync().ConfigureAwait(false);
        await ShowFailuresAsync().ConfigureAwait(false);
        await RunLastHooksAsync(cancellationToken).ConfigureAwait(false);
    }

    // Materialized views and tables that took rows; new tables were analyzed before anybody saw them.
    private async Task AnalyzeAsync()
    {
        var tables = context
            .Plan.CutOver.Where(step =>
                step is CreateMaterializedView or RefreshMaterializedView
                || (step is MergeDelta or MergeSnapshot && outcomes[step.Node.UniqueId].Rows > 0)
            )
            .Select(step => SqlText.Local(step.Node.Relation))
            .ToList();
        if (tables.Count == 0)
        {
            return;
        }

        try
        {
            await runner
                .ExecuteAsync($"analyze {string.Join(", ", tables)}", CancellationToken.None)
                .ConfigureAwait(false);
        }
        catch (Exception exception) when (ServerMessage.IsOfServer(exception))
        {
            // The data is published; statistics are a kindness to the planner that autovacuum will do as well.
            log.Progress($"analyze: {ServerMessage.Of(exception)}");
        }
    }

    // A view over staged relations would have been dropped with them, so until now the rows were in a table.
    private async Task ShowFailuresAsync()
    {
        var store = new FailureStore(runner, CancellationToken.None);
        foreach (var step in context.Plan.Steps.Select(planned => planned.Step).OfType<RunTest>())
        {
            if (
                step.Test.FailingRows is not { } kept
                || outcomes[step.Test.UniqueId] is not { RowsWait: true, Final: { } sql }
            )
            {
                continue;
            }

            try
            {
                await store.ShowAsync(kept, sql, QueryComment.For(context.Project, step.Test)).ConfigureAwait(false);
            }
            catch (Exception exception) when (ServerMessage.IsOfServer(exception))
            {
                log.Progress($"{kept} stays the table of what was found: {ServerMessage.Of(exception)}");
            }
        }
    }

    // Those that are out of a transaction: they get the relations that everybody sees.
    private async Task RunLastHooksAsync(CancellationToken cancellationToken)
    {
        var hooks = new HookRunner(context, runner);
        foreach (var step in context.Plan.CutOver)
        {
            try
            {
                await hooks
                    .RunAsync(
                        step.Node,
                        step.Node.PostHooks,
                        inTransaction: false,
                        isIncremental: step is MergeDelta,
                        NameTranslation.None,
                        cancellationToken
                    )
                    .ConfigureAwait(false);
            }
            catch (HookException exception)
            {
                log.Diagnostics(exception.Diagnostics);
            }
            catch (Exception exception) when (ServerMessage.IsOfServer(exception))
            {
                log.Diagnostic(DeploymentDiagnostics.AfterCutOver(ServerMessage.Of(exception)));
                return;
            }
        }
    }
}
