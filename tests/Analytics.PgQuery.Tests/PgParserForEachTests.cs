using System.Collections.Concurrent;

namespace Analytics.PgQuery.Tests;

public sealed class PgParserForEachTests
{
    [Fact]
    public void Each_number_comes_once()
    {
        var seen = new ConcurrentBag<int>();

        PgParser.ForEach(1_000, seen.Add, TestContext.Current.CancellationToken);

        Assert.Equal(Enumerable.Range(0, 1_000), seen.Order());
    }

    [Fact]
    public void The_body_parses_on_its_own_thread_and_gives_what_a_call_from_outside_gives()
    {
        var sql = Enumerable.Range(0, 200).Select(i => i % 10 == 0 ? "selec 1" : $"select {i} as c{i}").ToArray();
        var threads = new ConcurrentDictionary<int, string?>();
        var errors = new string?[sql.Length];

        PgParser.ForEach(
            sql.Length,
            i =>
            {
                threads[i] = Thread.CurrentThread.Name;
                errors[i] = PgParser.Parse(sql[i]).Error?.Message;
            },
            TestContext.Current.CancellationToken
        );

        Assert.Equal(sql.Select(text => PgParser.Parse(text).Error?.Message), errors);
        Assert.All(threads.Values, name => Assert.Equal("PostgreSQL parser", name));
    }

    [Fact]
    public void A_loop_within_a_loop_ends()
    {
        var count = 0;

        PgParser.ForEach(
            20,
            _ => PgParser.ForEach(20, _ => Interlocked.Increment(ref count), CancellationToken.None),
            TestContext.Current.CancellationToken
        );

        Assert.Equal(400, count);
    }

    [Fact]
    public void What_a_body_throws_comes_out_and_ends_the_loop()
    {
        var after = 0;

        var thrown = Assert.Throws<InvalidOperationException>(() =>
            PgParser.ForEach(
                1_000_000,
                i =>
                {
                    if (i == 3)
                    {
                        throw new InvalidOperationException("three");
                    }

                    Interlocked.Increment(ref after);
                },
                TestContext.Current.CancellationToken
            )
        );

        Assert.Equal("three", thrown.Message);
        Assert.True(after < 1_000_000);
        Assert.True(PgParser.Parse("select 1").IsValid);
    }

    [Fact]
    public void A_cancelled_loop_stops()
    {
        using var source = new CancellationTokenSource();

        Assert.Throws<OperationCanceledException>(() =>
            PgParser.ForEach(
                1_000_000,
                i =>
                {
                    if (i == 5)
                    {
                        source.Cancel();
                    }
                },
                source.Token
            )
        );
    }
}
