using System.Collections.Immutable;
using Analytics.Compiler;
using Analytics.Compiler.Rendering;
using Analytics.Deployment.Planning;
using Analytics.Deployment.Planning.Deferring;
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

    /// <summary>Whether the first red node ends the publish: what runs is cancelled, and nothing else begins.</summary>
    public bool FailFast { get; init; }

    /// <summary>Which rows nodes get of what they read.</summary>
    public InputRows Inputs { get; init; } = InputRows.All;

    /// <summary>Whether tests of one relation may share a scan, and need not run where an index has the answer.</summary>
    public bool FuseTests { get; init; } = true;

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

    /// <summary>The incremental models whose new rows are beside their live tables until the cut-over.</summary>
    public IEnumerable<BuildDelta> Deltas => Plan.Steps.Select(planned => planned.Step).OfType<BuildDelta>();

    /// <summary>Where everything is when the publish is done.</summary>
    public LiveRelations Live { get; } = new(Plan.Deferred);

    /// <summary>Where the nodes of this publish are while they are built.</summary>
    public StagedRelations Staged { get; init; } = StagedRelations.Of(Plan.Steps, new LiveRelations(Plan.Deferred));

    /// <summary>What the worker of a step sees: where each node becomes visible by itself, all but its own is live.</summary>
    public RunContext For(PlannedStep planned) =>
        Plan.EachNode ? this with { Staged = StagedRelations.Of([planned], Live) } : this;
}
