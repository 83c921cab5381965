using System.Globalization;
using System.Text.RegularExpressions;

namespace Analytics.Compiler.Loading.Seeds;

/// <summary>Dates and times as dbt finds them in a seed. A time zone is read and dropped, as dbt's insert drops it.</summary>
internal static partial class SeedMoment
{
    /// <summary>A date by Python's <c>%Y-%m-%d</c>, as SQL text; null when it is none.</summary>
    public static string? Date(string value) =>
        DatePattern().Match(value) is { Success: true } match && ToDate(match) is { } date
            ? date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)
            : null;

    /// <summary>A time by Python's <c>%Y-%m-%d %H:%M:%S</c>, as SQL text; null when it is none.</summary>
    public static string? DateTime(string value) =>
        DateTimePattern().Match(value) is { Success: true } match ? ToTimestamp(match) : null;

    /// <summary>An ISO 8601 time with its <c>T</c>, as SQL text; null when it is none.</summary>
    public static string? IsoDateTime(string value)
    {
        var match = IsoPattern().Match(value);
        return match.Success ? ToTimestamp(match) : null;
    }

    private static DateOnly? ToDate(Match match)
    {
        var (year, month, day) = (Number(match, "year"), Number(match, "month"), Number(match, "day"));
        return year >= 1 && month is >= 1 and <= 12 && day >= 1 && day <= System.DateTime.DaysInMonth(year, month)
            ? new DateOnly(year, month, day)
            : null;
    }

    private static string? ToTimestamp(Match match)
    {
        var (hour, minute, second) = (Number(match, "hour"), Number(match, "minute"), Number(match, "second"));
        if (ToDate(match) is not { } date || hour > 23 || minute > 59 || second > 59)
        {
            return null;
        }

        var fraction = match.Groups["fraction"].Value.TrimEnd('0');
        var time = new TimeOnly(hour, minute, second).ToString("HH:mm:ss", CultureInfo.InvariantCulture);
        var tail = fraction.Length == 0 ? string.Empty : $".{fraction}";
        return $"{date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)} {time}{tail}";
    }

    private static int Number(Match match, string group) =>
        int.TryParse(match.Groups[group].Value, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : 0;

    [GeneratedRegex(@"^(?<year>[0-9]{4})-(?<month>[0-9]{1,2})-(?<day>[0-9]{1,2})\z")]
    private static partial Regex DatePattern();

    [GeneratedRegex(
        @"^(?<year>[0-9]{4})-(?<month>[0-9]{1,2})-(?<day>[0-9]{1,2})\s+(?<hour>[0-9]{1,2}):(?<minute>[0-9]{1,2}):(?<second>[0-9]{1,2})\z"
    )]
    private static partial Regex DateTimePattern();

    [GeneratedRegex(
        @"^(?<year>[0-9]{4})(?<d>-?)(?<month>[0-9]{2})\k<d>(?<day>[0-9]{2})T(?<hour>[0-9]{2})(?:(?<t>:?)(?<minute>[0-9]{2})(?:\k<t>(?<second>[0-9]{2})(?:[.,](?<fraction>[0-9]+))?)?)?(?:Z|[-+][0-9]{2}(?::?[0-9]{2})?)?\z"
    )]
    private static partial Regex IsoPattern();
}
