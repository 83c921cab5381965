using System.Diagnostics;
using System.Globalization;
using Analytics.Deployment.Tests.Support;
using Analytics.Testing;
using Npgsql;

namespace Analytics.Deployment.Tests.Faults;

/// <summary>
/// Publishes are broken at random moments while a reader asks all relations at once for the number of the publish that made them. Whatever
/// happens, they say the same number, and the next publish succeeds.
/// </summary>
/// <remarks><c>ANALYTICS_TEST_FAULTS</c>: how many publishes each test breaks. <c>ANALYTICS_TEST_SEED</c>: the moments of another run.</remarks>
public sealed class RandomFaultTests(PostgresFixture postgres, ITestOutputHelper output)
{
    private const string Everything = """
        select (select n from gold.codes), (select n from gold.base), (select n from gold.shown), (select n from gold.leaf),
          (select max(n) from gold.grows), (select n from gold.hist where dbt_valid_to is null), (select n from gold.kept),
          (select n from bi.report), (select n from bi.stored)
        """;

    private static int Rounds => Number("ANALYTICS_TEST_FAULTS", 6);

    private static int Seed => Number("ANALYTICS_TEST_SEED", 20261123);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public Task A_publish_that_is_killed() =>
        BreakAsync(
            async (proxy, _, delay, _) =>
            {
                await Task.Delay(delay, Token);
                proxy.Cut();
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
        await using var shop = await Workshop.OpenAsync(postgres, Project(0));
        shop.Force = true;
        await shop.PublishAsync();
        await shop.ExecuteAsync(
            """
            create schema bi;
            create view bi.report as select n from gold.leaf;
            create materialized view bi.stored as select n from gold.base;
            """
        );
        var server = new NpgsqlConnectionStringBuilder(shop.Database.ConnectionString);
        using var proxy = new ServerProxy(server.Host!, server.Port);
        shop.Through = proxy.Port;
        var watch = Stopwatch.StartNew();
        shop.Write(Project(1));
        await shop.PublishAsync();
        var whole = watch.Elapsed;

        using var stop = new CancellationTokenSource();
        var reader = ReadAsync(shop, stop.Token);
        var random = new Random(Seed);
        var broken = 0;
        for (var number = 2; number < 2 + Rounds; number++)
        {
            shop.Write(Project(number));
            using var cancel = new CancellationTokenSource();
            var delay = whole * random.NextDouble() * 1.1;
            var breaking = fault(proxy, shop, delay, cancel);
            var done = await PublishAsync(shop, cancel.Token);
            await breaking;
            proxy.Mend();
            broken += done ? 0 : 1;

            // What a publish says of itself is true.
            var live = await LiveAsync(shop);
            var expected = done ? number : number - 1;
            Assert.True(
                live.Distinct().SequenceEqual([expected]),
                $"after {delay.TotalMilliseconds:0} ms, {(done ? "done" : "not done")}: {string.Join(' ', live)}"
            );

            await shop.PublishAsync();
            Assert.Equal([number], (await LiveAsync(shop)).Distinct());
            await LeavesNoLitterAsync(shop);
        }

        await stop.CancelAsync();
        var seen = await reader;
        output.WriteLine($"{broken} of {Rounds} publishes were broken, the reader looked {seen} times");
        Assert.True(seen > Rounds);
    }

    // The batch number is in every text, so that no relation is what it was.
    private static (string, string)[] Project(int number)
    {
        var n = number.ToString(CultureInfo.InvariantCulture);
        return
        [
            ("seeds/codes.csv", $"n\n{n}\n"),
            (
                "models/base.sql",
                "{{ config(materialized='table', indexes=[{'columns': ['n'], 'unique': true}]) }} select n from {{ ref('codes') }}"
            ),
            ("models/shown.sql", $"select n from {{{{ ref('base') }}}} where n = {n}"),
            ("models/leaf.sql", $"select n from {{{{ ref('shown') }}}} where n = {n}"),
            (
                "models/grows.sql",
                "{{ config(materialized='incremental', unique_key='n', post_hook='select count(*) from {{ this }}') }} select n, pg_sleep(0.02)::text as slept from {{ ref('shown') }}"
            ),
            (
                "models/kept.sql",
                "{{ config(materialized='materialized_view') }} select max(n) as n from {{ ref('grows') }}"
            ),
            (
                "snapshots/hist.sql",
                "{% snapshot hist %}{{ config(unique_key='id', strategy='check', check_cols=['n']) }} select 1 as id, n from {{ ref('base') }}{% endsnapshot %}"
            ),
            (
                "tests/one.sql",
                $"select * from {{{{ ref('grows') }}}} where n > {n} + (select pg_sleep(0.02) is null)::int"
            ),
        ];
    }

    private static async Task<bool> PublishAsync(Workshop shop, CancellationToken cancellation)
    {
        try
        {
            return await shop.TryPublishAsync(cancellation: cancellation);
        }
        catch (Exception exception) when (exception is NpgsqlException or OperationCanceledException)
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

    private static async Task<int[]> LiveAsync(Workshop shop)
    {
        var row = Assert.Single(await shop.QueryAsync(Everything));
        return [.. row.Split('|').Select(text => int.Parse(text, CultureInfo.InvariantCulture))];
    }

    private static async Task LeavesNoLitterAsync(Workshop shop)
    {
        Assert.Empty(await shop.StagingSchemasAsync());
        Assert.Equal(
            ["base", "codes", "grows", "hist", "kept", "leaf", "shown"],
            await shop.QueryAsync(
                "select relname from pg_class where relnamespace = 'gold'::regnamespace and relkind <> 'i' order by 1"
            )
        );
        Assert.Equal(
            ["7"],
            await shop.QueryAsync("select count(*)::text from gold__state.relations where relation_schema = 'gold'")
        );
        // A server ends a closed connection in its own time.
        const string Locks =
            "select count(*)::text from pg_locks where locktype = 'advisory' and database = (select oid from pg_database where datname = current_database())";
        for (var attempt = 0; (await shop.QueryAsync(Locks))[0] != "0"; attempt++)
        {
            Assert.True(attempt < 100, "a lock of the publish is held although it has ended");
            await Task.Delay(100, Token);
        }
    }

    // Returns how often it looked; an error of a statement, or two numbers in one answer, ends it.
    private static async Task<int> ReadAsync(Workshop shop, CancellationToken stop)
    {
        var seen = 0;
        while (!stop.IsCancellationRequested)
        {
            var live = await LiveAsync(shop);
            Assert.True(live.Distinct().Count() == 1, $"a reader saw {string.Join(' ', live)}");
            seen++;
        }

        return seen;
    }

    private static int Number(string variable, int otherwise) =>
        int.TryParse(Environment.GetEnvironmentVariable(variable), CultureInfo.InvariantCulture, out var number)
            ? number
            : otherwise;
}
