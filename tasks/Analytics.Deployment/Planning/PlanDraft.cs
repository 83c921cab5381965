using System.Collections.Immutable;
using Analytics.Deployment.Planning.Catalog;
using Analytics.Deployment.Planning.Steps;

namespace Analytics.Deployment.Planning;

/// <summary>The steps of a plan, before it is known what depends on what they replace.</summary>
/// <param name="Steps">See <see cref="DeploymentPlan.Steps"/>.</param>
/// <param name="CutOver">See <see cref="DeploymentPlan.CutOver"/>.</param>
internal sealed record PlanDraft(ImmutableArray<PlannedStep> Steps, ImmutableArray<CutOverStep> CutOver)
{
    /// <summary>See <see cref="DeploymentPlan.Functions"/>.</summary>
    public ImmutableArray<BuildFunction> Functions { get; init; } = [];

    /// <summary>The final schemas of all that is built.</summary>
    public IEnumerable<string> Schemas =>
        CutOver
            .Select(step => step.Node.Relation.Schema)
            .Concat(Functions.Select(step => step.Function.Relation.Schema))
            .Distinct(StringComparer.Ordinal);

    /// <summary>The live relations that will be dropped. A view that gets another query stays, if it keeps its columns.</summary>
    public IEnumerable<CatalogRelation> Replaced => CutOver.Select(Old).OfType<CatalogRelation>();

    private static CatalogRelation? Old(CutOverStep step) =>
        step switch
        {
            MoveTable move => move.Old,
            CreateView { Old.Kind: not RelationKind.View } create => create.Old,
            CreateMaterializedView create => create.Old,
            _ => null,
        };
}
