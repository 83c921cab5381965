namespace Analytics.Compiler.Resolving.Nodes;

/// <summary>How old the newest row of a source's table may be.</summary>
/// <param name="WarnAfter">Older is a warning; null without such a limit.</param>
/// <param name="ErrorAfter">Older is an error; null without such a limit.</param>
/// <param name="Filter">SQL condition on the rows that are looked at; null without one.</param>
public sealed record SourceFreshness(FreshnessLimit? WarnAfter, FreshnessLimit? ErrorAfter, string? Filter);

/// <summary>A length of time.</summary>
/// <param name="Count">How many of the period.</param>
/// <param name="Period">The unit.</param>
public sealed record FreshnessLimit(long Count, FreshnessPeriod Period);

/// <summary>A unit of time.</summary>
public enum FreshnessPeriod
{
    /// <summary>60 seconds.</summary>
    Minute,

    /// <summary>60 minutes.</summary>
    Hour,

    /// <summary>24 hours.</summary>
    Day,
}
