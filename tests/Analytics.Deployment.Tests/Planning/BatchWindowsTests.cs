using System.Globalization;
using Analytics.Compiler.Resolving.Nodes;
using Analytics.Deployment.Planning.Incremental;

namespace Analytics.Deployment.Tests.Planning;

public sealed class BatchWindowsTests
{
    private static DateTimeOffset At(string time) =>
        DateTimeOffset.Parse(time, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);

    private static IEnumerable<string> Of(BatchSize size, string begin, int lookback, bool anew, string now) =>
        BatchWindows
            .Of(new BatchSettings(size, At(begin), lookback), anew, At(now))
            .Select(batch =>
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{batch.Id} {batch.Start:yyyy-MM-dd HH}-{batch.End:yyyy-MM-dd HH}"
                )
            );

    [Theory]
    [InlineData(BatchSize.Hour, "20250303T23 2025-03-03 23-2025-03-04 00|20250304T00 2025-03-04 00-2025-03-04 01")]
    [InlineData(BatchSize.Day, "20250303 2025-03-03 00-2025-03-04 00|20250304 2025-03-04 00-2025-03-05 00")]
    [InlineData(BatchSize.Month, "20250201 2025-02-01 00-2025-03-01 00|20250301 2025-03-01 00-2025-04-01 00")]
    [InlineData(BatchSize.Year, "20240101 2024-01-01 00-2025-01-01 00|20250101 2025-01-01 00-2026-01-01 00")]
    public void The_current_batch_and_those_it_looks_back_to_are_done(BatchSize size, string expected) =>
        Assert.Equal(expected.Split('|'), Of(size, "2020-01-01", 1, anew: false, "2025-03-04T00:30:00"));

    [Fact]
    public void At_a_boundary_the_batch_that_has_just_ended_is_the_current_one() =>
        Assert.Equal(
            ["20250303 2025-03-03 00-2025-03-04 00"],
            Of(BatchSize.Day, "2020-01-01", 0, anew: false, "2025-03-04")
        );

    [Fact]
    public void A_new_table_gets_all_batches_from_the_one_of_its_begin() =>
        Assert.Equal(
            [
                "20241201 2024-12-01 00-2025-01-01 00",
                "20250101 2025-01-01 00-2025-02-01 00",
                "20250201 2025-02-01 00-2025-03-01 00",
            ],
            Of(BatchSize.Month, "2024-12-24", 5, anew: true, "2025-02-28")
        );

    [Fact]
    public void A_begin_that_is_yet_to_come_is_one_batch() =>
        Assert.Single(Of(BatchSize.Day, "2030-01-01", 1, anew: true, "2025-02-28"));
}
