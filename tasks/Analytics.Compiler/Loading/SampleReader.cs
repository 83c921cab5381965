using System.Collections.Immutable;
using System.Globalization;
using Analytics.Compiler.Diagnostics;
using Analytics.Compiler.Loading.Yaml;
using Analytics.Compiler.Rendering;
using Analytics.Text;

namespace Analytics.Compiler.Loading;

/// <summary>Reads the property <c>Sample</c>, dbt's <c>--sample</c>.</summary>
public static class SampleReader
{
    private const int MostSteps = 1_000_000;
    private const string Expected =
        "expected '3 days' (hours, months, years) or '{start: 2025-01-01, end: 2025-02-01}'";

    /// <summary>Reads a number of hours, days, months or years, or a YAML mapping with <c>start</c> and <c>end</c>.</summary>
    /// <param name="text">The property; blank for no sample.</param>
    /// <param name="now">Where a stretch without an end of its own ends, UTC.</param>
    public static SampleResult Parse(string text, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(text);
        var trimmed = text.Trim();
        if (trimmed.Length == 0)
        {
            return new SampleResult(null, []);
        }

        return trimmed[0] == '{' ? Between(trimmed) : Before(trimmed, now);
    }

    private static SampleResult Before(string text, DateTimeOffset now)
    {
        if (
            text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries) is not [var number, var grain]
            || !int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var steps)
            || steps is 0 or > MostSteps
        )
        {
            return Failed(text, Expected);
        }

        try
        {
            DateTimeOffset? start = grain.ToUpperInvariant() switch
            {
                "HOUR" or "HOURS" => now.AddHours(-steps),
                "DAY" or "DAYS" => now.AddDays(-steps),
                "MONTH" or "MONTHS" => now.AddMonths(-steps),
                "YEAR" or "YEARS" => now.AddYears(-steps),
                _ => null,
            };
            return start is { } from
                ? new SampleResult(new EventWindow(from, now), [])
                : Failed(text, $"'{grain}' is not hours, days, months or years");
        }
        catch (ArgumentOutOfRangeException)
        {
            return Failed(text, "it begins before the calendar does");
        }
    }

    private static SampleResult Between(string text)
    {
        var document = YamlReader.Parse(new SourceFile("Sample", text));
        if (document.Diagnostics is [var first, ..])
        {
            return Failed(text, first.Message);
        }

        if (
            document.Root is not YamlMapping { Entries.Length: 2 } mapping
            || mapping["start"] is not YamlScalar { Text: var start }
            || mapping["end"] is not YamlScalar { Text: var end }
        )
        {
            return Failed(text, Expected);
        }

        return !TryTime(start, out var from) ? Failed(text, $"'{start}' is no time")
            : !TryTime(end, out var to) ? Failed(text, $"'{end}' is no time")
            : from >= to ? Failed(text, "it ends before it begins")
            : new SampleResult(new EventWindow(from, to), []);
    }

    /// <summary>Reads a time; without an offset it is UTC, as all times of batches are.</summary>
    internal static bool TryTime(string text, out DateTimeOffset time) =>
        DateTimeOffset.TryParse(
            text,
            CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal,
            out time
        );

    private static SampleResult Failed(string text, string message) =>
        new(null, [ProjectDiagnostics.InvalidSample(text, message)]);
}

/// <summary>What a property says that names a stretch of time.</summary>
/// <param name="Window">The time; null for none, and when the text cannot be read.</param>
/// <param name="Diagnostics">Empty unless the text cannot be read.</param>
public sealed record SampleResult(EventWindow? Window, ImmutableArray<Diagnostic> Diagnostics);
