using System.Diagnostics;
using Analytics.Deployment.Tests.Support;
using Npgsql;

namespace Analytics.Deployment.Tests.Faults;

/// <summary>The server goes down, or has no room or no time left.</summary>
public sealed class ServerFaultTests(OwnServer server, ITestOutputHelper output) : IClassFixture<OwnServer>
{
    private const string NotHere = "the server's processes are not those of this machine";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_server_that_crashes_and_comes_back()
    {
        await using var store = await Storefront.OpenAsync(server.Postgres);
        Assert.SkipUnless(await IsHereAsync(store), NotHere);
        var warehouse = await FirstAsync(store);
        store.Write(NumberedWarehouse.Project(1));
        var watch = Stopwatch.StartNew();
        await store.PublishAsync();
        var whole = watch.Elapsed;

        using var stop = new CancellationTokenSource();
        var reader = warehouse.ReadAsync(stop.Token);
        var random = FaultRounds.Moments();
        var broken = 0;
        for (var number = 2; number < 2 + FaultRounds.SlowCount; number++)
        {
            store.Write(NumberedWarehouse.Project(number));
            await using var victim = await ConnectAsync(store);
            var delay = whole * random.NextDouble() * 1.1;
            var crash = Task.Run(
                async () =>
                {
                    await Task.Delay(delay, Token);
                    Crash(victim);
                },
                Token
            );
            var report = await store.TryPublishAsync();
            await crash;
            broken += report.Succeeded ? 0 : 1;

            var after = $"after {delay.TotalMilliseconds:0} ms: {string.Join(' ', store.Observer.Errors)}";
            await warehouse.ShouldBeAsync(report.IsLive ? number : number - 1, after);
            Assert.True(report.Succeeded || store.Observer.Errors.Any(), "nothing was said");

            // One that was live before the crash came need not be built again.
            await store.PublishAsync(change: request => request with { Force = true });
            await warehouse.ShouldBeAsync(number, after);
            await warehouse.ShouldBeCleanAsync();
        }

        await stop.CancelAsync();
        var seen = await reader;

        // Those of the pool that were not used since are dead.
        await using (var pooled = new NpgsqlConnection(server.Postgres.SuperUserConnectionString))
        {
            NpgsqlConnection.ClearPool(pooled);
        }

        output.WriteLine($"{broken} of {FaultRounds.SlowCount} publishes were broken, the reader looked {seen} times");
    }

    [Theory]
    [InlineData("raise exception 'could not extend file: no space left on device' using errcode = '53100'", "53100")]
    [InlineData("raise exception 'out of memory' using errcode = '53200'", "53200")]
    public async Task What_the_server_has_not_leaves_the_old_warehouse_and_is_said(string what, string state)
    {
        await using var store = await Storefront.OpenAsync(server.Postgres);
        var warehouse = await FirstAsync(store);
        await store.ExecuteAsync(
            $"create function public.no_more() returns boolean language plpgsql as $$ begin {what}; return true; end $$"
        );
        store.Write(NumberedWarehouse.Project(1, last: "where public.no_more()"));

        Assert.False((await store.TryPublishAsync()).Succeeded);

        var error = Assert.Single(store.Observer.Errors);
        Assert.Contains("'kept' failed", error);
        Assert.Contains(state, error);
        await warehouse.ShouldBeAsync(0, error);
        await warehouse.ShouldBeCleanAsync();
        store.Write(NumberedWarehouse.Project(1));
        await store.PublishAsync();
        await warehouse.ShouldBeAsync(1, "the next one");
        await warehouse.ShouldBeCleanAsync();
    }

    [Fact]
    public async Task A_statement_that_takes_too_long_leaves_the_old_warehouse_and_is_named()
    {
        await using var store = await Storefront.OpenAsync(server.Postgres);
        var warehouse = await FirstAsync(store);
        var role = $"alter role dbt in database \"{store.Database.Name}\"";
        await store.AsSuperUserAsync($"{role} set statement_timeout = '2s'");
        store.Write(NumberedWarehouse.Project(1, last: "where pg_sleep(60) is not null"));

        Assert.False((await store.TryPublishAsync()).Succeeded);

        var error = Assert.Single(store.Observer.Errors);
        Assert.Contains("'kept' failed: canceling statement due to statement timeout (SQLSTATE 57014)", error);
        await warehouse.ShouldBeAsync(0, error);
        await warehouse.ShouldBeCleanAsync();
        await store.AsSuperUserAsync($"{role} reset statement_timeout");
        store.Write(NumberedWarehouse.Project(1));
        await store.PublishAsync();
        await warehouse.ShouldBeAsync(1, "the next one");
    }

    [Fact]
    public async Task Somebody_who_deadlocks_with_the_cut_over_is_given_way_to()
    {
        await using var store = await Storefront.OpenAsync(server.Postgres);
        var warehouse = await FirstAsync(store);
        await using var other = await ConnectAsync(store);
        await ExecuteAsync(other, "begin; select * from dev.base");
        var observer = new RecordingObserver();
        var deadlocked = Task.CompletedTask;
        observer.OnProgress = line =>
        {
            if (line.StartsWith("waiting to cut over", StringComparison.Ordinal) && deadlocked.IsCompleted)
            {
                // The cut-over holds the views and waits for base: this waits for a view, and then ends.
                deadlocked = ExecuteAsync(other, "select * from dev.leaf; select * from dev.kept; commit");
            }
        };
        store.Write(NumberedWarehouse.Project(1));

        var report = await store.TryPublishAsync(observer: observer);

        await deadlocked;
        Assert.True(report.Succeeded, string.Join("\n", observer.Diagnostics));
        await warehouse.ShouldBeAsync(1, "the deadlock");
        await warehouse.ShouldBeCleanAsync();
    }

    [Fact]
    public async Task Two_rows_for_one_of_a_merge_leave_the_old_warehouse_and_are_named()
    {
        await using var store = await Storefront.OpenAsync(server.Postgres);
        var warehouse = await FirstAsync(store);
        const string Twice =
            "{{ config(materialized='incremental', incremental_strategy='merge', unique_key='n') }} select n from {{ ref('shown') }} union all select n from {{ ref('shown') }}";
        store.Write(NumberedWarehouse.Project(1));
        await store.PublishAsync();
        store.Write(NumberedWarehouse.Project(1));
        store.Write(("models/grows.sql", Twice));

        Assert.False((await store.TryPublishAsync(change: request => request with { Force = true })).Succeeded);

        Assert.Contains("grows", Assert.Single(store.Observer.Errors));
        await warehouse.ShouldBeAsync(1, "two rows");
        await warehouse.ShouldBeCleanAsync();
        store.Write(NumberedWarehouse.Project(2));
        await store.PublishAsync();
        await warehouse.ShouldBeAsync(2, "the next one");
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(Token);
    }

    [Fact]
    public async Task A_disk_that_is_full_leaves_the_old_warehouse()
    {
        Assert.SkipUnless(
            OperatingSystem.IsLinux() && Environment.IsPrivilegedProcess,
            "a disk of a few megabytes needs the rights of root"
        );
        await using var store = await Storefront.OpenAsync(server.Postgres);
        Assert.SkipUnless(await IsHereAsync(store), NotHere);
        var warehouse = await FirstAsync(store);
        var disk = Directory.CreateTempSubdirectory("small-disk-");
        Assert.SkipUnless(
            await RunAsync("mount", "-t", "tmpfs", "-o", "size=8m", "small-disk", disk.FullName) == 0,
            "nothing can be mounted here"
        );
        try
        {
            await using (var connection = await ConnectAsync(store))
            {
                Assert.Equal(0, await RunAsync("chown", "--reference", FolderOf(connection), disk.FullName));
            }

            var role = $"alter role dbt in database \"{store.Database.Name}\"";
            await store.AsSuperUserAsync($"create tablespace small_disk owner dbt location '{disk.FullName}'");
            await store.AsSuperUserAsync($"{role} set default_tablespace = small_disk");
            store.Write(NumberedWarehouse.Project(1));
            store.Write(
                (
                    "models/big.sql",
                    "{{ config(materialized='table') }} select repeat(md5(n::text), 60) as text from generate_series(1, 20000) n"
                )
            );

            Assert.False((await store.TryPublishAsync()).Succeeded);

            // Whoever writes while it is full fails like it.
            var error = Assert.Single(
                store.Observer.Errors,
                found => found.Contains("'big' failed", StringComparison.Ordinal)
            );
            Assert.All(store.Observer.Errors, found => Assert.Contains("53100", found));
            await warehouse.ShouldBeAsync(0, error);
            await warehouse.ShouldBeCleanAsync();
            await store.AsSuperUserAsync($"{role} reset default_tablespace");
            store.Remove("models/big.sql");
            await store.PublishAsync();
            await warehouse.ShouldBeAsync(1, "the next one");
            await warehouse.ShouldBeCleanAsync();
            await store.AsSuperUserAsync("drop tablespace small_disk");
        }
        finally
        {
            await RunAsync("umount", "--lazy", disk.FullName);
            disk.Delete();
        }
    }

    private static async Task<NumberedWarehouse> FirstAsync(Storefront store)
    {
        store.Write(NumberedWarehouse.Project(0));
        await store.PublishAsync();
        var warehouse = new NumberedWarehouse(store.Database, "dev");
        await warehouse.AddViewsOfOthersAsync();
        return warehouse;
    }

    private static async Task<NpgsqlConnection> ConnectAsync(Storefront store)
    {
        var connection = new NpgsqlConnection(store.Database.ConnectionString + ";Pooling=false");
        await connection.OpenAsync(Token);
        return connection;
    }

    private static async Task<bool> IsHereAsync(Storefront store)
    {
        await using var connection = await ConnectAsync(store);
        return OperatingSystem.IsLinux() && Directory.Exists(FolderOf(connection));
    }

    private static string FolderOf(NpgsqlConnection connection) =>
        FormattableString.Invariant($"/proc/{connection.ProcessID}");

    // A server of which one process is killed ends all others at once, reads its log again and goes on: as after `pg_ctl -m immediate`.
    private static void Crash(NpgsqlConnection victim)
    {
        using var process = Process.GetProcessById(victim.ProcessID);
        process.Kill();
    }

    private static async Task<int> RunAsync(string program, params string[] arguments)
    {
        using var process = Process.Start(program, arguments);
        await process.WaitForExitAsync(Token);
        return process.ExitCode;
    }
}
