using System.Globalization;
using Analytics.Compiler.Resolving.Nodes;

namespace Analytics.Compiler.Resolving.Configs;

/// <summary>Reads what a <c>microbatch</c> model must say of its batches. dbt asks for the same configs, and for a key on PostgreSQL.</summary>
internal static class BatchReader
{
    private const int MostLookback = 1_000_000;

    /// <summary>The batches; null where something is missing or wrong, which is reported.</summary>
    public static BatchSettings? Read(SettingsReader reader)
    {
        var complete = true;
        foreach (var key in (ReadOnlySpan<string>)["event_time", "begin", "batch_size", "unique_key"])
        {
            if (!reader.Has(key))
            {
                reader.Report("incremental_strategy", "microbatch", $"the config '{key}' beside it");
                complete = false;
            }
        }

        var size = reader.Choice(
            "batch_size",
            BatchSize.Day,
            ("hour", BatchSize.Hour),
            ("day", BatchSize.Day),
            ("month", BatchSize.Month),
            ("year", BatchSize.Year)
        );
        _ = reader.Text("event_time");
        var lookback = reader.Number("lookback") ?? 1;
        if (lookback is < 0 or > MostLookback)
        {
            reader.Report("lookback", lookback, "a number of batches");
            complete = false;
        }

        if (reader.Time("begin") is not { } text)
        {
            return null;
        }

        // Without an offset it is UTC, as all times of batches are.
        const DateTimeStyles Utc = DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal;
        if (!DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, Utc, out var begin))
        {
            reader.Report("begin", text, "a date or a time, such as 2025-01-31");
            return null;
        }

        return complete ? new BatchSettings(size, begin, (int)lookback) : null;
    }
}
