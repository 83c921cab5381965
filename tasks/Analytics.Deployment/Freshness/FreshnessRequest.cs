using System.Collections.Immutable;

namespace Analytics.Deployment.Freshness;

/// <summary>What a check of sources asks for.</summary>
public sealed record FreshnessRequest : TargetRequest
{
    /// <summary>Where <c>sources.json</c> is written.</summary>
    public required string ReportDirectory { get; init; }

    /// <summary>Which sources; those without <c>freshness</c> are passed over.</summary>
    public SelectionRequest Selection { get; init; } = SelectionRequest.All;

    /// <summary>How many sources are asked at once; null for the target's own number.</summary>
    public int? Threads { get; init; }
}

/// <summary>What a check of sources gave.</summary>
/// <param name="Succeeded">True when no source is stale and all could be measured; a warning is no failure.</param>
/// <param name="Results">Ordinally by unique id; empty when nothing was measured.</param>
public sealed record FreshnessReport(bool Succeeded, ImmutableArray<FreshnessResult> Results);
