using System.Diagnostics;
using Analytics.Deployment.Tests.Support;
using Analytics.Testing;

namespace Analytics.Deployment.Tests.Faults;

/// <summary>The process that publishes is ended from outside.</summary>
public sealed class ProcessFaultTests(PostgresFixture postgres, ITestOutputHelper output)
{
    [Fact]
    public Task Kill_minus_nine() =>
        EndAsync(
            publisher =>
            {
                publisher.Kill();
                return Task.CompletedTask;
            },
            says: null
        );

    [Fact]
    public Task A_scheduler_that_terminates() => EndAsync(publisher => publisher.SignalAsync("TERM"), says: "ASQL6008");

    [Fact]
    public Task Ctrl_and_C() => EndAsync(publisher => publisher.SignalAsync("INT"), says: "ASQL6008");

    [Fact]
    public async Task A_first_publish_that_is_killed_leaves_nothing_behind_when_the_next_one_is_red()
    {
        await using var store = await Storefront.OpenAsync(postgres);
        var warehouse = new NumberedWarehouse(store.Database, "dev");
        var random = FaultRounds.Moments();
        for (var round = 1; round <= FaultRounds.SlowCount; round++)
        {
            store.Write(NumberedWarehouse.Project(round));
            using (var publisher = Start(store))
            {
                await publisher.ConnectedAsync();
                await Task.Delay(random.Next(60), TestContext.Current.CancellationToken);
                publisher.Kill();
                await publisher.EndAsync();
            }

            if ((await warehouse.SchemasAsync()).Contains("dev__state"))
            {
                // It was quicker than the test.
                await store.ExecuteAsync("drop schema dev cascade; drop schema dev__state cascade");
                continue;
            }

            store.Write(NumberedWarehouse.Project(round, isRed: true));
            Assert.False((await store.TryPublishAsync()).Succeeded);
            Assert.Empty(await warehouse.SchemasAsync());
        }

        store.Write(NumberedWarehouse.Project(0));
        await store.PublishAsync();
        await warehouse.AddViewsOfOthersAsync();
        await warehouse.ShouldBeAsync(0, "whatever was killed");
        await warehouse.ShouldBeCleanAsync();
    }

    private static PublisherProcess Start(Storefront store) =>
        PublisherProcess.Start(store.Build(), store.PathOf("."), store.PathOf("dev"));

    private async Task EndAsync(Func<PublisherProcess, Task> end, string? says)
    {
        await using var store = await Storefront.OpenAsync(postgres);
        var warehouse = new NumberedWarehouse(store.Database, "dev");
        store.Write(NumberedWarehouse.Project(0));
        await store.PublishAsync();
        await warehouse.AddViewsOfOthersAsync();
        store.Write(NumberedWarehouse.Project(1));
        var whole = await TimeAsync(store);

        using var stop = new CancellationTokenSource();
        var reader = warehouse.ReadAsync(stop.Token);
        var random = FaultRounds.Moments();
        var broken = 0;
        for (var number = 2; number < 2 + FaultRounds.SlowCount; number++)
        {
            store.Write(NumberedWarehouse.Project(number));
            using var publisher = Start(store);
            await publisher.ConnectedAsync();
            var delay = whole * random.NextDouble();
            await Task.Delay(delay, TestContext.Current.CancellationToken);
            await end(publisher);
            var code = await publisher.EndAsync();

            var after = $"after {delay.TotalMilliseconds:0} ms, exit code {code}";
            var live = await warehouse.LiveAsync();
            Assert.True(live.Distinct().Count() == 1, $"{after}: {string.Join(' ', live)}");
            if (says is not null)
            {
                // Who can still speak tells the truth.
                Assert.Equal(code == 0 ? number : number - 1, live[0]);
                Assert.True(code == 0 || publisher.Output.Contains(says, StringComparison.Ordinal), publisher.Output);
            }

            broken += live[0] == number ? 0 : 1;
            await store.PublishAsync(change: request => request with { Force = true });
            await warehouse.ShouldBeAsync(number, after);
            await warehouse.ShouldBeCleanAsync();
        }

        await stop.CancelAsync();
        var seen = await reader;
        output.WriteLine($"{broken} of {FaultRounds.SlowCount} publishes were ended, the reader looked {seen} times");
        Assert.True(seen > FaultRounds.SlowCount);
    }

    private static async Task<TimeSpan> TimeAsync(Storefront store)
    {
        using var publisher = Start(store);
        await publisher.ConnectedAsync();
        var watch = Stopwatch.StartNew();
        Assert.True(await publisher.EndAsync() == 0, publisher.Output);
        return watch.Elapsed;
    }
}
