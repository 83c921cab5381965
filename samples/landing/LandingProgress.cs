using System.Diagnostics;
using System.Globalization;

namespace Analytics.Landing;

/// <summary>Writes a line each time another part of the rows is on its way.</summary>
internal sealed class LandingProgress(TextWriter output, string table, long total)
{
    /// <summary>
    /// What a row takes in the binary format: a count of fields and 14 lengths, 58 bytes, and 80 bytes of values, give or take those
    /// that are null.
    /// </summary>
    private const long BytesPerRow = 138;

    private const long Megabyte = 1_000_000;

    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(0.5);

    private readonly Stopwatch elapsed = Stopwatch.StartNew();
    private TimeSpan last;

    /// <summary>Says how far it is, twice a second at most, and when all is there.</summary>
    public void Report(long rows)
    {
        var now = elapsed.Elapsed;
        if (rows < total && now - last < Interval)
            return;
        last = now;
        var megabytes = rows * BytesPerRow / Megabyte;
        var rate = megabytes / Math.Max(now.TotalSeconds, 0.001);
        output.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"landing {table} {rows:N0}/{total:N0} rows {megabytes} MB {rate:0} MB/s"
            )
        );
    }
}
