using Analytics.Deployment.Planning.Steps;
using Analytics.Deployment.Reporting;

namespace Analytics.Deployment.Applying.Building.Materializing;

/// <summary>Creates a view in the staging schema, or only renders it for the cut-over.</summary>
internal sealed class ViewBuilder(StepSession session)
{
    public Task<StepOutcome> BuildAsync(BuildView step) =>
        session.RenderedAsync(step, incremental: false, sql => BuildAsync(step, sql));

    public StepOutcome Render(RenderView step)
    {
        var rendered = session.RenderFinal(step);
        return rendered.Sql is { } sql
            ? new StepOutcome(NodeStatus.Success, "created") { Final = sql, Diagnostics = rendered.Diagnostics }
            : StepOutcome.Failed(rendered.Diagnostics);
    }

    private async Task<StepOutcome> BuildAsync(BuildView step, NodeSql sql)
    {
        if (
            await new ContractCheck(session).CheckAsync(step, step.Model, sql.Staged).ConfigureAwait(false) is
            { } broken
        )
        {
            return sql.Refused(broken);
        }

        var create = Statement.Around($"create view {step.Staged.ToSql()} as (\n", sql.Staged, "\n)");
        await session.RunAsync(step, create).ConfigureAwait(false);
        return new StepOutcome(NodeStatus.Success, "created") { Final = sql.Final, Diagnostics = sql.Diagnostics };
    }
}
