using Analytics.Deployment.Applying.CuttingOver;
using Analytics.Deployment.Tests.Faults;
using Analytics.Deployment.Tests.Support;
using Analytics.Testing;
using Npgsql;

namespace Analytics.Deployment.Tests.Applying;

/// <summary>What others do in the very moments in which the cut-over waits for its locks.</summary>
public sealed class CutOverLocksTests(PostgresFixture postgres)
{
    private static readonly (string, string)[] Project =
    [
        ("models/base.sql", "{{ config(materialized='table') }} select 1 as v"),
        ("models/gold.sql", "{{ config(materialized='table') }} select v from {{ ref('base') }}"),
    ];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_comes_while_the_locks_are_waited_for_is_carried_over()
    {
        await using var shop = await Workshop.OpenAsync(postgres, Project);
        await shop.PublishAsync();
        await shop.ExecuteAsync("create schema bi");
        shop.CutOver = shop.CutOver with { LockWait = TimeSpan.FromSeconds(30) };
        await using var reader = await HoldAsync(shop, "select v from gold.base");

        var publish = shop.PublishAsync();
        await WaitingForAsync(shop, "gold.base");

        // gold.base is locked first, and everything was read before.
        await shop.ExecuteAsync(
            """
            grant select on gold.gold to pg_monitor;
            comment on table gold.gold is 'said late';
            create view bi.late as select v from gold.gold;
            grant select on bi.late to public;
            """
        );
        await reader.CloseAsync();
        await publish;

        Assert.Equal(["1"], await shop.QueryAsync("select v from bi.late"));
        Assert.Equal(
            ["True|said late|True"],
            await shop.QueryAsync(
                """
                select has_table_privilege('pg_monitor', 'gold.gold', 'select'), obj_description('gold.gold'::regclass, 'pg_class'),
                  (select '=r/dbt'::aclitem = any (relacl) from pg_class where oid = 'bi.late'::regclass)
                """
            )
        );
    }

    [Fact]
    public async Task A_table_that_takes_rows_keeps_what_is_granted_and_said_meanwhile()
    {
        await using var shop = await Workshop.OpenAsync(
            postgres,
            ("models/base.sql", "{{ config(materialized='table') }} select 1 as v"),
            ("models/inc.sql", "{{ config(materialized='incremental') }} select 1 as v")
        );
        await shop.PublishAsync();
        await shop.ExecuteAsync("grant insert on gold.inc to pg_monitor; comment on table gold.inc is 'first'");
        shop.CutOver = shop.CutOver with { LockWait = TimeSpan.FromSeconds(30) };
        await using var reader = await HoldAsync(shop, "select v from gold.base");

        var publish = shop.PublishAsync();
        await WaitingForAsync(shop, "gold.base");
        await shop.ExecuteAsync("grant select on gold.inc to pg_monitor; revoke insert on gold.inc from pg_monitor");
        await reader.CloseAsync();
        await publish;

        Assert.Equal(
            ["True|False|first"],
            await shop.QueryAsync(
                "select has_table_privilege('pg_monitor', 'gold.inc', 'select'), has_table_privilege('pg_monitor', 'gold.inc', 'insert'), obj_description('gold.inc'::regclass, 'pg_class')"
            )
        );
    }

    [Theory]
    [InlineData("grant select on bi.theirs to pg_monitor", "has_table_privilege('pg_monitor', 'bi.theirs', 'select')")]
    [InlineData("grant select on gold.base to pg_monitor", "has_table_privilege('pg_monitor', 'gold.base', 'select')")]
    [InlineData(
        "grant select (v) on gold.base to pg_monitor",
        "has_column_privilege('pg_monitor', 'gold.base', 'v', 'select')"
    )]
    public async Task What_is_granted_in_the_last_moment_before_a_relation_is_dropped_is_not_lost(
        string grant,
        string has
    )
    {
        await using var shop = await Workshop.OpenAsync(postgres, Project);
        await shop.PublishAsync();
        await shop.ExecuteAsync("create schema bi; create view bi.theirs as select v from gold.base");
        var server = new NpgsqlConnectionStringBuilder(shop.Database.ConnectionString);
        using var proxy = new ServerProxy(server.Host!, server.Port);
        shop.Through = proxy.Port;
        bool? granted = null;
        proxy.Cuts = (sent, after) =>
        {
            // The first DROP VIEW is that of what is staged, before anything is read.
            if (granted is null && !after && sent.Span.IndexOf("drop view \"bi\""u8) >= 0)
            {
                granted = TryGrant(shop, grant);
            }

            return false;
        };

        await shop.PublishAsync();

        Assert.NotNull(granted);
        Assert.Equal([granted.ToString()!], await shop.QueryAsync($"select {has}"));
    }

    // Who is refused has been told.
    private static bool TryGrant(Workshop shop, string grant)
    {
        using var connection = new NpgsqlConnection(shop.Database.ConnectionString + ";Pooling=false");
        connection.Open();
        using var command = new NpgsqlCommand($"set lock_timeout = 200; {grant}", connection);
        try
        {
            command.ExecuteNonQuery();
            return true;
        }
        catch (PostgresException exception) when (exception.SqlState == PostgresErrorCodes.LockNotAvailable)
        {
            return false;
        }
    }

    [Fact]
    public async Task Who_holds_a_staged_table_is_waited_for_and_named()
    {
        await using var shop = await Workshop.OpenAsync(postgres, Project);
        shop.CutOver = new CutOverOptions(
            TimeSpan.FromMilliseconds(50),
            TimeSpan.FromMilliseconds(50),
            TimeSpan.FromMilliseconds(10),
            TimeSpan.FromSeconds(20)
        );
        var observer = new RecordingObserver();
        NpgsqlConnection? curious = null;
        observer.OnStarted = name =>
        {
            if (name == "table gold.gold")
            {
                curious = HoldAsync(shop, "select v from gold__next.base").GetAwaiter().GetResult();
            }
        };
        observer.OnProgress = line =>
        {
            if (line.Contains("holds gold__next.base", StringComparison.Ordinal))
            {
                curious!.Close();
            }
        };

        Assert.True(await shop.TryPublishAsync(observer: observer), string.Join("\n", observer.Diagnostics));

        Assert.Contains(observer.Messages, line => line.Contains("holds gold__next.base", StringComparison.Ordinal));
        Assert.Equal(["1"], await shop.QueryAsync("select v from gold.gold"));
    }

    [Fact]
    public async Task Nothing_of_an_attempt_waits_longer_than_its_locks()
    {
        await using var shop = await Workshop.OpenAsync(
            postgres,
            ("models/base.sql", "{{ config(materialized='table') }} select 1 as v")
        );
        await shop.PublishAsync();

        // Not a relation that is replaced, and yet DROP TABLE needs a lock on it: the sequence belongs to the column.
        await shop.ExecuteAsync("create sequence gold.numbers owned by gold.base.v");
        await using var holder = await HoldAsync(shop, "select nextval('gold.numbers')");
        shop.CutOver = shop.CutOver with { Patience = TimeSpan.Zero };

        Assert.False(await shop.TryPublishAsync());

        Assert.Contains("ASQL6007", Assert.Single(shop.Observer.Errors));
        Assert.Equal(["1"], await shop.QueryAsync("select v from gold.base"));
    }

    private static async Task<NpgsqlConnection> HoldAsync(Workshop shop, string query)
    {
        var connection = new NpgsqlConnection(shop.Database.ConnectionString + ";Pooling=false");
        await connection.OpenAsync(Token);
        await using var command = new NpgsqlCommand("begin; " + query, connection);
        await command.ExecuteNonQueryAsync(Token);
        return connection;
    }

    private static async Task WaitingForAsync(Workshop shop, string relation)
    {
        while (
            await shop.QueryAsync(
                $"select 1 from pg_locks where not granted and relation = '{relation}'::regclass and database = (select oid from pg_database where datname = current_database())"
            )
                is []
        )
        {
            await Task.Delay(10, Token);
        }
    }
}
