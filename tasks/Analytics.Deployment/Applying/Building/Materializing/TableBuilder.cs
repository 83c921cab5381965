using Analytics.Compiler.Resolving.Contracts;
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
        if (step.Model.Contract is { } contract)
        {
            return await BuildAsync(step, contract, sql).ConfigureAwait(false);
        }

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

    private async Task<StepOutcome> BuildAsync(BuildTable step, Contract contract, NodeSql sql)
    {
        if (
            await new ContractCheck(session).CheckAsync(step, step.Model, sql.Staged).ConfigureAwait(false) is
            { } broken
        )
        {
            return sql.Refused(broken);
        }

        var (table, diagnostics) = session.Contracted.Write(step.Model, contract, step.Staged, sql.Staged);
        if (table is null)
        {
            return StepOutcome.Failed([.. sql.Diagnostics, .. diagnostics]);
        }

        var rows = (await session.RunAsync(step, table.Create, table.Insert).ConfigureAwait(false))[1];
        if (!sql.Later.IsEmpty)
        {
            rows += await new BatchMerger(session)
                .MergeAsync(step, step.Model, step.Staged, sql.Later)
                .ConfigureAwait(false);
        }

        await session.RunAsync(step, TableStatements.Finish(step.Model, step.Staged)).ConfigureAwait(false);
        return sql.Built(rows) with { Keys = table.Keys };
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
