using System.Collections.Immutable;
using Analytics.Compiler.Rendering;
using Analytics.Compiler.Resolving.Nodes;
using Analytics.Deployment.Applying.Building;
using Analytics.Deployment.Planning;
using Analytics.Deployment.Planning.Catalog;
using Analytics.Deployment.Planning.Incremental;
using Analytics.Deployment.Planning.Steps;
using Analytics.Deployment.Reporting;

namespace Analytics.Deployment.Applying.CuttingOver;

/// <summary>
/// The statements of the cut-over before anything is built: those that are executed, on the assumption that columns stay as they are
/// and that there are new rows.
/// </summary>
/// <param name="plan">The plan.</param>
/// <param name="render">Gives the SQL of a view on final names; null where only the database's answers tell it.</param>
internal sealed class ExpectedStatements(DeploymentPlan plan, Func<RelationNode, RenderedSql?> render)
{
    /// <summary>The statements of a step; null when they are not known yet.</summary>
    public ImmutableArray<string>? Of(CutOverStep step)
    {
        var outcome = new StepOutcome(NodeStatus.Success, string.Empty) { Rows = 1 };
        switch (step)
        {
            case CreateView or CreateMaterializedView when render(step.Node) is { } sql:
                outcome = outcome with { Final = sql };
                break;
            case CreateView or CreateMaterializedView:
                return null;
            case MergeDelta merge:
                outcome = outcome with { Change = Same(merge.Build.Live) };
                break;
            case MergeSnapshot merge:
                outcome = outcome with { Change = Same(merge.Build.Live) };
                break;
            default:
                break;
        }

        var outcomes = ImmutableDictionary<string, StepOutcome>.Empty.Add(step.Node.UniqueId, outcome);
        var work = step.Accept(new CutOverWork(outcomes));
        return [.. work.Quiet.Concat(work.Locking).Select(statement => statement.Text)];
    }

    /// <summary>The statements that drop what is pruned.</summary>
    public IEnumerable<string> Drops() =>
        plan
            .Pruned.OrderBy(pruned => pruned.Kind == RelationKind.Table)
            .Select(pruned => $"drop {pruned.Kind.Sql()} {pruned.Name.ToSql()}")
            .Concat(plan.PrunedFunctions.Select(pruned => $"drop function {pruned.Signature}"));

    private static SchemaChange Same(CatalogRelation live) =>
        SchemaChange.Compare(OnSchemaChange.AppendNewColumns, live.Columns, live.Columns).Change!;
}
