using System.Collections.Immutable;
using System.Globalization;
using Analytics.Compiler.Rendering;
using Analytics.Compiler.Resolving.Nodes;

namespace Analytics.Deployment.Planning.Incremental;

/// <summary>Cuts time into the batches of a <c>microbatch</c> model.</summary>
internal static class BatchWindows
{
    /// <summary>The batches that a publish does, in order; at least one. By dbt's rules, the current one is done, and as many before it as the model looks back.</summary>
    /// <param name="settings">The model's batches.</param>
    /// <param name="anew">Whether the table is built from the beginning.</param>
    /// <param name="now">When the publish began, UTC.</param>
    /// <param name="asked">The time whose batches alone are done, whole ones; null for those that are due.</param>
    public static ImmutableArray<BatchWindow> Of(
        BatchSettings settings,
        bool anew,
        DateTimeOffset now,
        EventWindow? asked = null
    )
    {
        var last = asked?.End ?? now;
        var current = Floor(settings.Size, last);
        var end = current == last ? current : Step(settings.Size, current, 1);

        // The end lies between two batches: the one before it is the current one.
        var start =
            asked is not null ? Floor(settings.Size, asked.Start)
            : anew ? Floor(settings.Size, settings.Begin)
            : Step(settings.Size, end, -1 - settings.Lookback);
        var windows = ImmutableArray.CreateBuilder<BatchWindow>();
        do
        {
            var next = Step(settings.Size, start, 1);
            windows.Add(new BatchWindow(Id(settings.Size, start), start, next < end ? next : end));
            start = next;
        } while (start < end);

        return windows.ToImmutable();
    }

    private static DateTimeOffset Floor(BatchSize size, DateTimeOffset time) =>
        size switch
        {
            BatchSize.Hour => At(time.Year, time.Month, time.Day, time.Hour),
            BatchSize.Day => At(time.Year, time.Month, time.Day, 0),
            BatchSize.Month => At(time.Year, time.Month, 1, 0),
            _ => At(time.Year, 1, 1, 0),
        };

    private static DateTimeOffset At(int year, int month, int day, int hour) =>
        new(year, month, day, hour, 0, 0, TimeSpan.Zero);

    private static DateTimeOffset Step(BatchSize size, DateTimeOffset time, int batches) =>
        size switch
        {
            BatchSize.Hour => time.AddHours(batches),
            BatchSize.Day => time.AddDays(batches),
            BatchSize.Month => time.AddMonths(batches),
            _ => time.AddYears(batches),
        };

    private static string Id(BatchSize size, DateTimeOffset start) =>
        start.ToString(size == BatchSize.Hour ? "yyyyMMdd'T'HH" : "yyyyMMdd", CultureInfo.InvariantCulture);
}
