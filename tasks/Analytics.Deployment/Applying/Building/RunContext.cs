using System.Collections.Immutable;
using Analytics.Compiler;
using Analytics.Compiler.Resolving;
using Analytics.Deployment.Planning;
using Analytics.Deployment.Planning.Steps;

namespace Analytics.Deployment.Applying.Building;

/// <summary>What every worker of a publish shares; it does not change while they work.</summary>
/// <param name="Project">The project, bound to the target.</param>
/// <param name="Plan">The plan.</param>
/// <param name="FullRefresh">What <c>flags.FULL_REFRESH</c> says.</param>
internal sealed record RunContext(CompiledProject Project, DeploymentPlan Plan, bool FullRefresh)
{
    /// <summary>When the publish began, UTC.</summary>
    public DateTimeOffset StartedAt { get; init; }

    /// <summary>Who hears what templates print; null for nobody.</summary>
    public Action<string>? Say { get; init; }

    /// <summary>Unique ids of the nodes of this publish, ordinally.</summary>
    public ImmutableArray<string> Selected { get; } =
    [
        .. Plan
            .Steps.Select(planned => planned.Step.Node.UniqueId)
            .Concat(Plan.Reused.Select(node => node.UniqueId))
            .Order(StringComparer.Ordinal),
    ];

    /// <summary>Where the nodes of this publish are while they are built.</summary>
    public StagedRelations Staged { get; } =
        new(
            Plan.Steps.Select(planned => (planned.Step.Node.UniqueId, Name: StagedOf(planned.Step)))
                .Where(entry => entry.Name is not null)
                .ToImmutableDictionary(entry => entry.UniqueId, entry => entry.Name!, StringComparer.Ordinal)
        );

    private static RelationName? StagedOf(NodeStep step) =>
        step switch
        {
            BuildView view => view.Staged,
            BuildTable table => table.Staged,
            BuildMaterializedView view => view.Staged,
            BuildDelta delta => delta.Staged,
            LoadSeed seed => seed.Staged,
            BuildSnapshot snapshot => snapshot.Staged,
            BuildSnapshotDelta delta => delta.Staged,
            _ => null,
        };
}
