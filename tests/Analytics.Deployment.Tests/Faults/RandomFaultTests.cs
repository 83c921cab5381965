using System.Diagnostics;
using Analytics.Deployment.Applying;
using Analytics.Deployment.Tests.Support;
using Analytics.Testing;
using Npgsql;

namespace Analytics.Deployment.Tests.Faults;

/// <summary>
/// Publishes are broken at random moments while a reader asks all relations at once for the number of the publish that made them. Whatever
/// happens, they say the same number, and the next publish succeeds.
/// </summary>
public sealed class RandomFaultTests(PostgresFixture postgres, ITestOutputHelper output)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public Task A_publish_whose_network_breaks() =>
        BreakAsync(
            async (proxy, _, delay, _) =>
            {
                await Task.Delay(delay, Token);
                proxy.Cut();
                // What became of a commit can be asked only where the server is to be reached again.
                await Task.Delay(100, Token);
                proxy.Mend();
            }
        );

    [Fact]
    public Task A_publish_whose_connections_the_server_ends() =>
        BreakAsync((_, shop, delay, _) => SignalAsync(shop, delay, "pg_terminate_backend"));

    [Fact]
    public Task A_publish_whose_statements_somebody_cancels() =>
        BreakAsync((_, shop, delay, _) => SignalAsync(shop, delay, "pg_cancel_backend"));

    [Fact]
    public Task A_publish_that_is_cancelled() =>
        BreakAsync(
            async (_, _, delay, cancel) =>
            {
                await Task.Delay(delay, Token);
                await cancel.CancelAsync();
            }
        );

    private async Task BreakAsync(Func<ServerProxy, Workshop, TimeSpan, CancellationTokenSource, Task> fault)
    {
        await using var shop = await Workshop.OpenAsync(postgres, NumberedWarehouse.Project(0));
        var warehouse = new NumberedWarehouse(shop.Database, "gold");
        shop.Force = true;
        await shop.PublishAsync();
        await warehouse.AddViewsOfOthersAsync();
        var server = new NpgsqlConnectionStringBuilder(shop.Database.ConnectionString);
        using var proxy = new ServerProxy(server.Host!, server.Port);
        shop.Through = proxy.Port;
        var watch = Stopwatch.StartNew();
        shop.Write(NumberedWarehouse.Project(1));
        await shop.PublishAsync();
        var whole = watch.Elapsed;

        using var stop = new CancellationTokenSource();
        var reader = warehouse.ReadAsync(stop.Token);
        var random = FaultRounds.Moments();
        var broken = 0;
        for (var number = 2; number < 2 + FaultRounds.Count; number++)
        {
            // Rows that a test refuses, now and then: nobody may see them either.
            var isRed = random.Next(4) == 0;
            shop.Write(NumberedWarehouse.Project(number, isRed));
            using var cancel = new CancellationTokenSource();
            var delay = whole * random.NextDouble() * 1.1;
            var breaking = fault(proxy, shop, delay, cancel);
            var done = await PublishAsync(shop, cancel.Token);
            await breaking;
            broken += done ? 0 : 1;
            Assert.False(done && isRed);

            // What a publish says of itself is true.
            var after = $"after {delay.TotalMilliseconds:0} ms, {(done ? "done" : "not done")}";
            await warehouse.ShouldBeAsync(done ? number : number - 1, after);

            shop.Write(NumberedWarehouse.Project(number));
            await shop.PublishAsync();
            await warehouse.ShouldBeAsync(number, after);
            await warehouse.ShouldBeCleanAsync();
        }

        await stop.CancelAsync();
        var seen = await reader;
        output.WriteLine($"{broken} of {FaultRounds.Count} publishes were broken, the reader looked {seen} times");
        Assert.True(seen > FaultRounds.Count);
    }

    private static async Task<bool> PublishAsync(Workshop shop, CancellationToken cancellation)
    {
        try
        {
            return await shop.TryPublishAsync(cancellation: cancellation);
        }
        catch (Exception exception)
            when (exception is NpgsqlException or StatementException or OperationCanceledException)
        {
            // Before or between what the publish itself looks after; the command tells it by a diagnostic.
            return false;
        }
    }

    private static async Task SignalAsync(Workshop shop, TimeSpan delay, string function)
    {
        await Task.Delay(delay, Token);
        await shop.AsSuperUserAsync(
            $"select {function}(pid) from pg_stat_activity where datname = current_database() and application_name like 'analytics-sdk%'"
        );
    }
}
