using Analytics.Deployment.Planning.Steps;

namespace Analytics.Deployment.Applying.Building.Materializing;

/// <summary>Creates and fills a table in the staging schema, and the table that stands for a materialized view.</summary>
internal sealed class TableBuilder(StepSession session)
{
    public Task<StepOutcome> BuildAsync(BuildTable step) =>
        session.BatchesAsync(step, step.Model, incremental: false, sql => BuildAsync(step, sql));

    public Task<StepOutcome> BuildAsync(BuildMaterializedView step) =>
        session.RenderedAsync(step, incremental: false, sql => BuildAsync(step, sql));

    private async Task<StepOutcome> BuildAsync(BuildTable step, NodeSql sql)
    {
        var create = Statement.Around(
            $"create {TableStatements.Persistence(step.Model)}table {step.Staged.ToSql()} as (\n",
            sql.Staged,
            "\n)"
        );
        var finish = TableStatements.Finish(step.Model, step.Staged);
        if (sql.Later.IsEmpty)
        {
            var made = await session.RunAsync(step, [create, .. finish]).ConfigureAwait(false);
            return sql.Built(made[0]);
        }

        var rows = await session.RunAsync(step, create).ConfigureAwait(false);
        var more = await new BatchMerger(session)
            .MergeAsync(step, step.Model, step.Staged, sql.Later)
            .ConfigureAwait(false);
        await session.RunAsync(step, finish).ConfigureAwait(false);
        return sql.Built(rows[0] + more);
    }

    private async Task<StepOutcome> BuildAsync(BuildMaterializedView step, NodeSql sql)
    {
        // With its indexes: a key that is not unique is found here, and not in the cut-over.
        var create = Statement.Around($"create unlogged table {step.Staged.ToSql()} as (\n", sql.Staged, "\n)");
        var rows = await session
            .RunAsync(step, [create, .. TableStatements.Finish(step.Model, step.Staged)])
            .ConfigureAwait(false);
        return sql.Built(rows[0]);
    }
}
