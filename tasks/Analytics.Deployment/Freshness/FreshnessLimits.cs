using System.Globalization;
using Analytics.Compiler.Resolving.Nodes;

namespace Analytics.Deployment.Freshness;

/// <summary>Judges an age by the limits of a source, and writes both for people.</summary>
internal static class FreshnessLimits
{
    /// <summary>dbt's verdict: the limit itself is still in time.</summary>
    public static FreshnessStatus Judge(SourceFreshness limits, TimeSpan age) =>
        IsOver(limits.ErrorAfter, age) ? FreshnessStatus.Error
        : IsOver(limits.WarnAfter, age) ? FreshnessStatus.Warn
        : FreshnessStatus.Pass;

    /// <summary>A limit: <c>2 hours</c>.</summary>
    public static string Text(FreshnessLimit? limit) =>
        limit is null ? "not set" : Count(limit.Count, limit.Period.ToString().ToLowerInvariant());

    /// <summary>An age in its two greatest units: <c>3 days 4 hours</c>. What is not one second old is <c>0 seconds</c>.</summary>
    public static string Text(TimeSpan age)
    {
        var parts = new (long Number, string Unit)[]
        {
            (age.Days, "day"),
            (age.Hours, "hour"),
            (age.Minutes, "minute"),
            (age.Seconds, "second"),
        };
        var first = Array.FindIndex(parts, part => part.Number > 0);
        if (first < 0)
        {
            return Count(0, "second");
        }

        return string.Join(
            ' ',
            parts[first..].Take(2).Where(part => part.Number > 0).Select(part => Count(part.Number, part.Unit))
        );
    }

    // In floating point, since a count may be beyond what a TimeSpan holds.
    private static bool IsOver(FreshnessLimit? limit, TimeSpan age) =>
        limit is not null && age.TotalSeconds > (double)limit.Count * Seconds(limit.Period);

    private static int Seconds(FreshnessPeriod period) =>
        period switch
        {
            FreshnessPeriod.Minute => 60,
            FreshnessPeriod.Hour => 60 * 60,
            _ => 24 * 60 * 60,
        };

    private static string Count(long number, string unit) =>
        $"{number.ToString(CultureInfo.InvariantCulture)} {unit}{(number == 1 ? string.Empty : "s")}";
}
