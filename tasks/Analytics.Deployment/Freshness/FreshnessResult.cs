using Analytics.Compiler.Resolving.Nodes;

namespace Analytics.Deployment.Freshness;

/// <summary>How old the newest row of a source's table is.</summary>
/// <param name="UniqueId">The source's id, for example <c>source.shop.raw.orders</c>.</param>
/// <param name="Name">Source and table with a dot between.</param>
/// <param name="Status">Whether it is too old.</param>
/// <param name="Criteria">The limits.</param>
/// <param name="Measured">What the server said; null for a runtime error.</param>
/// <param name="Error">Why nothing is known; null otherwise.</param>
/// <param name="StartedAt">UTC.</param>
/// <param name="Duration">Time of its own work.</param>
public sealed record FreshnessResult(
    string UniqueId,
    string Name,
    FreshnessStatus Status,
    SourceFreshness Criteria,
    FreshnessMeasure? Measured,
    string? Error,
    DateTimeOffset StartedAt,
    TimeSpan Duration
);

/// <summary>What the server says of a source's table.</summary>
/// <param name="MaxLoadedAt">The moment of the newest row, UTC; the year 1 when there is no row.</param>
/// <param name="SnapshottedAt">The server's time, UTC.</param>
public sealed record FreshnessMeasure(DateTimeOffset MaxLoadedAt, DateTimeOffset SnapshottedAt)
{
    /// <summary>How old the newest row is.</summary>
    public TimeSpan Age => SnapshottedAt - MaxLoadedAt;

    /// <summary>Whether there is no row.</summary>
    public bool IsEmpty => MaxLoadedAt == DateTimeOffset.MinValue;
}

/// <summary>dbt's statuses of a source.</summary>
public enum FreshnessStatus
{
    /// <summary>Young enough.</summary>
    Pass,

    /// <summary>Older than <c>warn_after</c>.</summary>
    Warn,

    /// <summary>Older than <c>error_after</c>.</summary>
    Error,

    /// <summary>Nothing is known.</summary>
    RuntimeError,
}
