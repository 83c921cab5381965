using Analytics.Compiler.Diagnostics;
using Analytics.Deployment.Applying.Catalog;
using Analytics.Deployment.Planning.Steps;
using Analytics.Deployment.Reporting;

namespace Analytics.Deployment.Applying.Building.Materializing;

/// <summary>Creates a function in the staging schema, and finds out whether it can take the place of the live one.</summary>
internal sealed class FunctionBuilder(RunContext context, StepSession session)
{
    public Task<StepOutcome> BuildAsync(BuildFunction step) =>
        session.RenderedAsync(step, incremental: false, sql => BuildAsync(step, sql));

    private async Task<StepOutcome> BuildAsync(BuildFunction step, NodeSql sql)
    {
        var (prefix, suffix) = step.Function.Signature.Around(step.Staged, sql.Staged.Text, replace: false);
        await session.RunAsync(step, Statement.Around(prefix, sql.Staged, suffix)).ConfigureAwait(false);
        var live = await FunctionCatalog
            .FindAsync(session.Runner, step, session.CancellationToken)
            .ConfigureAwait(false);
        return await RefusalAsync(step, live).ConfigureAwait(false) is { } refusal
            ? sql.Refused(refusal)
            : new StepOutcome(NodeStatus.Success, "created") { Final = sql.Final, Diagnostics = sql.Diagnostics };
    }

    private async Task<Diagnostic?> RefusalAsync(BuildFunction step, LiveFunction live)
    {
        if (live.IsTaken)
        {
            return FunctionDiagnostics.Kept(
                step.Function.Span,
                live.Same!.Signature,
                "this project did not make it, and its result, the names of its arguments or their defaults are others; drop or rename it"
            );
        }

        if (live.Outdated is not { } outdated)
        {
            return null;
        }

        // What this publish makes again finds the new one by then; node by node, that comes later.
        var again = context.Plan.EachNode
            ? []
            : context.Plan.CutOver.Where(Remakes).Select(other => other.Node.Relation).ToHashSet();
        var dependents = await FunctionCatalog
            .DependentsAsync(session.Runner, [outdated.Oid], context.Plan.Database, session.CancellationToken)
            .ConfigureAwait(false);
        var staying = dependents
            .Where(dependent => dependent.Of is null || !again.Contains(dependent.Of))
            .Select(dependent => dependent.Description)
            .ToList();
        return staying.Count == 0
            ? null
            : FunctionDiagnostics.Kept(
                step.Function.Span,
                outdated.Signature,
                $"it gets other arguments or another result, and {string.Join(", ", staying)} depends on it as it is"
            );
    }

    private static bool Remakes(CutOverStep step) => step is MoveTable or CreateView or CreateMaterializedView;
}
