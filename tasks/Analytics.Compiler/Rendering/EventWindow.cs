using System.Globalization;

namespace Analytics.Compiler.Rendering;

/// <summary>A stretch of time, by which rows are told apart that have a time of their own.</summary>
/// <param name="Start">Where it begins.</param>
/// <param name="End">Where it ends; not part of it.</param>
public sealed record EventWindow(DateTimeOffset Start, DateTimeOffset End)
{
    /// <summary>How the alias of the subquery begins.</summary>
    internal const string FilterAlias = "_dbt_et_filter_subq_";

    /// <summary>What is in both.</summary>
    internal EventWindow And(EventWindow other) =>
        new(Start > other.Start ? Start : other.Start, End < other.End ? End : other.End);

    /// <summary>The rows of a relation that are in it, as the subquery that dbt puts in the relation's place.</summary>
    /// <param name="relation">The relation as SQL.</param>
    /// <param name="identifier">Its name, for the alias.</param>
    /// <param name="eventTime">The column or expression that says when a row happened.</param>
    internal string Of(string relation, string? identifier, string eventTime) =>
        $"(select * from {relation} where {eventTime} >= '{Text(Start)}' and {eventTime} < '{Text(End)}') {FilterAlias}{identifier}";

    // As Python writes a time: microseconds only where there are some.
    private static string Text(DateTimeOffset time)
    {
        var microseconds = time.Ticks / TimeSpan.TicksPerMicrosecond % 1_000_000;
        return time.UtcDateTime.ToString(
                microseconds == 0 ? "yyyy-MM-dd HH:mm:ss" : "yyyy-MM-dd HH:mm:ss.ffffff",
                CultureInfo.InvariantCulture
            ) + "+00:00";
    }
}
