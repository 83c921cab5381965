using System.Collections.Immutable;
using Analytics.Compiler.Rendering;
using Analytics.Compiler.Resolving;
using Analytics.Compiler.Resolving.Nodes;
using Analytics.Deployment.Planning;
using Analytics.Deployment.Planning.Deferring;
using Analytics.Deployment.Planning.Steps;

namespace Analytics.Deployment.Applying.Building;

/// <summary>
/// What is built in this publish is read where it is built; all else is read live. <c>this</c> is always the live relation: a
/// model that asks for itself wants what it had.
/// </summary>
/// <param name="staged">The staged relations by unique id.</param>
/// <param name="live">Where all else is.</param>
internal sealed class StagedRelations(ImmutableDictionary<string, RelationName> staged, LiveRelations live)
    : IRelationBinding
{
    /// <summary>Where steps build their nodes.</summary>
    public static StagedRelations Of(ImmutableArray<PlannedStep> steps, LiveRelations live) =>
        new(
            steps
                .Select(planned => (planned.Step.Node.UniqueId, Name: Place(planned.Step)))
                .Where(entry => entry.Name is not null)
                .ToImmutableDictionary(entry => entry.UniqueId, entry => entry.Name!, StringComparer.Ordinal),
            live
        );

    public RelationName Of(RelationNode node) => staged.GetValueOrDefault(node.UniqueId) ?? live.Of(node);

    public RelationName ThisOf(RelationNode node) => node.Relation;

    public RelationName Of(FunctionNode node) => staged.GetValueOrDefault(node.UniqueId) ?? live.Of(node);

    private static RelationName? Place(NodeStep step) =>
        step switch
        {
            BuildView view => view.Staged,
            BuildTable table => table.Staged,
            BuildMaterializedView view => view.Staged,
            BuildDelta delta => delta.Staged,
            MakeRelation made => made.Staged,
            LoadSeed seed => seed.Staged,
            BuildSnapshot snapshot => snapshot.Staged,
            BuildSnapshotDelta delta => delta.Staged,
            BuildFunction function => function.Staged,
            _ => null,
        };
}
