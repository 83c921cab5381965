using System.Collections.Immutable;
using Analytics.Compiler.Resolving;
using Analytics.Compiler.Resolving.Nodes;
using Analytics.Deployment.Planning.Catalog;
using Analytics.Deployment.Planning.Steps;

namespace Analytics.Deployment.Planning.Describing;

/// <summary>Reads off a plan what its cut-over does to each live relation: the three forms of a dry run say it in their ways.</summary>
internal sealed class PlannedChanges : ICutOverStepVisitor<PlannedChange>
{
    private const string AccessExclusive = "access exclusive";
    private const string Exclusive = "exclusive";
    private const string RowExclusive = "row exclusive";

    private PlannedChanges() { }

    /// <summary>The change that a step makes.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="step">A step of its cut-over.</param>
    public static PlannedChange Of(DeploymentPlan plan, CutOverStep step) =>
        step.Accept(new PlannedChanges()) with
        {
            UniqueId = step.Node.UniqueId,
            Dependents =
            [
                .. plan
                    .CarriedOver.Where(view => view.Reads.Contains(step.Node.Relation))
                    .Select(view => view.Name)
                    .OrderBy(name => name.ToString(), StringComparer.Ordinal),
            ],
            Grants = [.. step.Node.Grants?.Select(grant => $"{grant.Privilege} to {grant.Grantee ?? "public"}") ?? []],
        };

    /// <summary>All changes: of the steps, of views of others that are created again, and of what is pruned.</summary>
    public static ImmutableArray<PlannedChange> Of(DeploymentPlan plan) =>
        [
            .. plan.CutOver.Select(step => Of(plan, step)),
            .. plan.CarriedOver.Select(view => new PlannedChange("recreate", view.Name, view.Kind, AccessExclusive)
            {
                Old = view.Kind,
            }),
            .. plan.Pruned.Select(pruned => new PlannedChange("drop", pruned.Name, pruned.Kind, AccessExclusive)
            {
                Old = pruned.Kind,
                Rows = Known(pruned.Kind, pruned.Rows),
                Destroys = "the project does not have it any more",
            }),
        ];

    public PlannedChange Visit(MoveTable step)
    {
        var change = Instead(step.Node.Relation, RelationKind.Table, step.Old);
        return step switch
        {
            {
                Old.Kind: RelationKind.Table,
                Node: ModelNode { Materialization: Materialization.Incremental, Maker: null }
            } => change with
            {
                Destroys = "it is built anew, without rows that its sources have no more",
            },
            _ => change,
        };
    }

    public PlannedChange Visit(CreateView step) => Instead(step.Model.Relation, RelationKind.View, step.Old);

    public PlannedChange Visit(CreateMaterializedView step) =>
        Instead(step.Node.Relation, RelationKind.MaterializedView, step.Old);

    public PlannedChange Visit(RefreshMaterializedView step) =>
        Kept("refresh", step.Live, step.Concurrently ? Exclusive : AccessExclusive);

    public PlannedChange Visit(MergeDelta step) => Kept("merge", step.Build.Live, RowExclusive);

    public PlannedChange Visit(MergeSnapshot step) => Kept("merge", step.Build.Live, RowExclusive);

    private static PlannedChange Kept(string action, CatalogRelation live, string mode) =>
        new(action, live.Name, live.Kind, mode) { Old = live.Kind, Rows = Known(live.Kind, live.Rows) };

    private static PlannedChange Instead(RelationName relation, RelationKind kind, CatalogRelation? old)
    {
        if (old is null)
        {
            return new PlannedChange("create", relation, kind, string.Empty);
        }

        var rebuilt = kind == RelationKind.Table && old.Kind == RelationKind.Table;
        return new PlannedChange(rebuilt ? "rebuild" : "replace", relation, kind, AccessExclusive)
        {
            Old = old.Kind,
            Rows = Known(old.Kind, old.Rows),
            Destroys =
                old.Kind == RelationKind.Table && kind != RelationKind.Table
                    ? "a table is dropped, and what takes its place stores no rows of its own"
                    : null,
        };
    }

    // A view has none, and of a table that was never analyzed the server says -1.
    private static long? Known(RelationKind kind, long rows) => kind == RelationKind.View || rows < 0 ? null : rows;
}
