using System.Collections.Immutable;

namespace Analytics.Deployment.Reporting;

/// <summary>What a publish did.</summary>
/// <param name="Succeeded">True when nothing was red and the new relations are live.</param>
/// <param name="Results">Every node of the publish in the order of the plan.</param>
/// <param name="Elapsed">The whole publish.</param>
/// <param name="Target">The target's name.</param>
/// <param name="QueryHint">Where the data can be queried, as a command without a password; empty when nothing was connected.</param>
public sealed record DeploymentReport(
    bool Succeeded,
    ImmutableArray<NodeResult> Results,
    TimeSpan Elapsed,
    string Target,
    string QueryHint
)
{
    /// <summary>Whether the new relations are live: also true where only a hook failed that was due after the cut-over.</summary>
    public bool IsLive { get; init; }

    /// <summary>What a publish would do, as lines for people; null when it was not asked for.</summary>
    public string? Plan { get; init; }

    /// <summary>The same for programs, as JSON; null when it was not asked for.</summary>
    public string? PlanJson { get; init; }

    /// <summary>The cut-over as SQL to review, as far as it is known; null when it was not asked for.</summary>
    public string? PlanScript { get; init; }
}
