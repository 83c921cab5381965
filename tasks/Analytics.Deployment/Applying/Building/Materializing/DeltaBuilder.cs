using Analytics.Compiler.Diagnostics;
using Analytics.Deployment.Planning.Incremental;
using Analytics.Deployment.Planning.Steps;

namespace Analytics.Deployment.Applying.Building.Materializing;

/// <summary>Stores the new rows of an incremental model, and shows the table as it will be.</summary>
internal sealed class DeltaBuilder(StepSession session)
{
    public Task<StepOutcome> BuildAsync(BuildDelta step) =>
        session.BatchesAsync(step, step.Model, incremental: true, sql => BuildAsync(step, sql));

    private async Task<StepOutcome> BuildAsync(BuildDelta step, NodeSql sql)
    {
        if (
            await new ContractCheck(session).CheckAsync(step, step.Model, sql.Staged).ConfigureAwait(false) is
            { } broken
        )
        {
            return sql.Refused(broken);
        }

        // Unlogged: it is read once more, in the cut-over, and a crash before that leaves nothing to keep.
        var create = Statement.Around($"create unlogged table {step.Delta.ToSql()} as (\n", sql.Staged, "\n)");
        var rows = (await session.RunAsync(step, create).ConfigureAwait(false))[0];
        if (!sql.Later.IsEmpty)
        {
            rows += await new BatchMerger(session)
                .MergeAsync(step, step.Model, step.Delta, sql.Later)
                .ConfigureAwait(false);
        }

        await session.RunAsync(step, TableStatements.Analyze(step.Delta)).ConfigureAwait(false);
        var columns = await session.ColumnsAsync(step.Delta).ConfigureAwait(false);
        var settings = step.Model.Incremental!;
        var (change, refusal) = SchemaChange.Compare(settings.OnSchemaChange, step.Live.Columns, columns);
        if (change is null)
        {
            return sql.Refused(DeploymentDiagnostics.SchemaChange(step.Model.Span, step.Model.Name, refusal!));
        }

        var checks = IncrementalStatements.Checks(step.Live.Name, step.Delta, settings, change);
        await session.RunAsync(step, checks.Select(check => new Statement(check))).ConfigureAwait(false);

        var overlay = IncrementalStatements.Overlay(step.Live.Name, step.Delta, settings, change);
        await session
            .RunAsync(step, new Statement($"create view {step.Staged.ToSql()} as\n{overlay}"))
            .ConfigureAwait(false);
        return sql.Built(rows) with { Change = change };
    }
}
