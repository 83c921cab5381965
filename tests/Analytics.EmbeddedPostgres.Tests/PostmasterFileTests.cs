using Analytics.EmbeddedPostgres.Running;

namespace Analytics.EmbeddedPostgres.Tests;

public sealed class PostmasterFileTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("analytics-postmaster-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Theory]
    [InlineData("ready   ", true)]
    [InlineData("starting", false)]
    [InlineData("stopping", false)]
    public void A_complete_file_is_read(string status, bool isReady)
    {
        Write($"4711\n/srv/data\n1700000000\n5433\n\n127.0.0.1\n  1234  56\n{status}\n");
        var expected = new PostmasterFile(
            4711,
            "/srv/data",
            DateTimeOffset.FromUnixTimeSeconds(1_700_000_000),
            5433,
            isReady
        );
        Assert.Equal(expected, PostmasterFile.Read(folder));
    }

    [Theory]
    [InlineData("")]
    [InlineData("4711\n/srv/data\n")]
    [InlineData("-1\n/srv/data\n1700000000\n5433\n")]
    [InlineData("junk")]
    public void A_file_that_is_not_written_to_its_end_counts_as_none(string text)
    {
        Write(text);
        Assert.Null(PostmasterFile.Read(folder));
    }

    [Fact]
    public void A_process_number_that_another_program_has_now_is_stale()
    {
        Write($"{Environment.ProcessId}\n{folder}\n1700000000\n5433\n\n127.0.0.1\n\nready   \n");
        Assert.Null(Postmaster.Living(folder));
    }

    private void Write(string text) => File.WriteAllText(Path.Combine(folder, PostmasterFile.Name), text);
}
