using System.Net;
using System.Net.Sockets;
using Analytics.Deployment.Tests.Support;
using Analytics.Testing;
using Npgsql;

namespace Analytics.Deployment.Tests.Faults;

/// <summary>What is of the moment is tried again, and what is an author's or an administrator's is not.</summary>
public sealed class TransientFaultTests(PostgresFixture postgres)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    // A sequence counts calls whatever becomes of their transactions.
    private const string Once = """
        create sequence public.calls;
        create function public.fails(state text, times int) returns int language plpgsql as $$ begin
          if nextval('public.calls') <= times then raise exception 'not now' using errcode = state; end if;
          return 1;
        end $$
        """;

    [Theory]
    [InlineData("40001")]
    [InlineData("40P01")]
    public async Task A_node_whose_transaction_was_given_up_for_another_is_built_once_more(string state)
    {
        await using var store = await Storefront.OpenAsync(postgres, Project($"select fails('{state}', 1) as v"));
        await store.ExecuteAsync(Once);

        await store.PublishAsync();

        Assert.Equal(["1"], await store.QueryAsync("select v::text from dev.top"));
        Assert.Contains(
            store.Observer.Messages,
            line => line.Contains("base: not now; building it once more", StringComparison.Ordinal)
        );
    }

    [Theory]
    [InlineData("22012", 2)]
    [InlineData("40001", 2)]
    public async Task It_is_built_as_often_as_the_profile_says_and_once_where_it_is_wrong(string state, int times)
    {
        await using var store = await Storefront.OpenAsync(postgres, Project($"select fails('{state}', {times}) as v"));
        await store.ExecuteAsync(Once);

        Assert.False((await store.TryPublishAsync()).Succeeded);

        Assert.Contains(state, Assert.Single(store.Observer.Errors));
        Assert.Equal(
            [state == "22012" ? "1" : "2"],
            await store.QueryAsync("select last_value::text from public.calls")
        );
    }

    [Fact]
    public async Task A_node_with_hooks_is_not_built_once_more()
    {
        await using var store = await Storefront.OpenAsync(
            postgres,
            (
                "models/base.sql",
                "{{ config(materialized='table', pre_hook=\"select nextval('public.calls')\") }} select fails('40001', 2) as v"
            )
        );
        await store.ExecuteAsync(Once);

        Assert.False((await store.TryPublishAsync()).Succeeded);

        Assert.Equal(["2"], await store.QueryAsync("select last_value::text from public.calls"));
    }

    [Fact]
    public async Task A_node_whose_connection_the_server_ends_is_built_once_more_on_another()
    {
        await using var store = await Storefront.OpenAsync(postgres, Project("select pg_sleep(1)::text as v"));
        var ended = 0;
        var observer = new RecordingObserver
        {
            OnStarted = name => ended += name.EndsWith("base", StringComparison.Ordinal) ? 1 : 0,
        };
        var publish = store.TryPublishAsync(observer: observer);
        while (
            (
                await store.QueryAsync(
                    "select pg_terminate_backend(pid)::text from pg_stat_activity where query like '%pg_sleep(1)%' and state = 'active' and pid <> pg_backend_pid() and datname = current_database()"
                )
            ).Count == 0
        )
        {
            await Task.Delay(20, Token);
        }

        var report = await publish;

        Assert.True(report.Succeeded, string.Join("\n", observer.Diagnostics));
        Assert.Equal(1, ended);
        Assert.Contains(observer.Messages, line => line.Contains("once more", StringComparison.Ordinal));
        Assert.Equal([""], await store.QueryAsync("select v from dev.top"));
    }

    [Fact]
    public async Task What_a_lost_connection_was_doing_is_ended_before_the_node_is_built_once_more()
    {
        await using var shop = await Workshop.OpenAsync(
            postgres,
            ("models/base.sql", "{{ config(materialized='table') }} select 'a' as v, pg_sleep(1)::text as slept")
        );
        var server = new NpgsqlConnectionStringBuilder(shop.Database.ConnectionString);
        using var proxy = new ServerProxy(server.Host!, server.Port) { CutsOne = true };
        shop.Through = proxy.Port;
        var cut = false;
        proxy.Cuts = (sent, after) =>
        {
            var cuts = !cut && after && sent.Span.IndexOf("pg_sleep"u8) >= 0;
            cut |= cuts;
            return cuts;
        };

        await shop.PublishAsync();

        Assert.True(cut);
        Assert.Contains(
            shop.Observer.Messages,
            line => line.Contains("building it once more", StringComparison.Ordinal)
        );
        Assert.Equal(["a"], await shop.QueryAsync("select v from gold.base"));
    }

    [Theory]
    [InlineData("57P03", "the database system is starting up")]
    [InlineData("53300", "sorry, too many clients already")]
    public async Task A_server_that_takes_no_connection_yet_is_asked_again(string state, string message)
    {
        await using var store = await Storefront.OpenAsync(postgres, Project("select 1 as v"));
        using var proxy = Through(store);
        proxy.Refuse(state, message);
        var observer = new RecordingObserver { OnProgress = _ => proxy.Mend() };

        var report = await store.TryPublishAsync(observer: observer);

        Assert.True(report.Succeeded, string.Join("\n", observer.Diagnostics));
        Assert.Equal($"no connection yet: {message}; trying again", observer.Messages[0]);
    }

    [Fact]
    public async Task A_server_that_refuses_a_user_is_asked_once()
    {
        await using var store = await Storefront.OpenAsync(postgres, Project("select 1 as v"));
        using var proxy = Through(store);
        proxy.Refuse("28P01", "password authentication failed for user \"dbt\"");

        Assert.False((await store.TryPublishAsync()).Succeeded);

        Assert.Contains("ASQL6001", Assert.Single(store.Observer.Errors));
        Assert.Empty(store.Observer.Messages);
    }

    [Fact]
    public async Task A_server_that_does_not_listen_yet_is_asked_again()
    {
        await using var store = await Storefront.OpenAsync(postgres, Project("select 1 as v"));
        using var free = new TcpListener(IPAddress.Loopback, 0);
        free.Start();
        var port = ((IPEndPoint)free.LocalEndpoint).Port;
        free.Stop();
        var server = new NpgsqlConnectionStringBuilder(store.Database.ConnectionString);
        ReplacePort(store, port);
        ServerProxy? proxy = null;
        var observer = new RecordingObserver
        {
            OnProgress = line =>
            {
                if (line.StartsWith("no connection yet", StringComparison.Ordinal))
                {
                    proxy ??= new ServerProxy(server.Host!, server.Port, port);
                }
            },
        };

        var report = await store.TryPublishAsync(observer: observer);

        Assert.NotNull(proxy);
        proxy.Dispose();
        Assert.True(report.Succeeded, string.Join("\n", observer.Diagnostics));
    }

    private static (string, string)[] Project(string query) =>
        [
            ("models/base.sql", "{{ config(materialized='table') }} " + query),
            ("models/top.sql", "select v from {{ ref('base') }}"),
        ];

    private static ServerProxy Through(Storefront store)
    {
        var server = new NpgsqlConnectionStringBuilder(store.Database.ConnectionString);
        var proxy = new ServerProxy(server.Host!, server.Port);
        ReplacePort(store, proxy.Port);
        return proxy;
    }

    private static void ReplacePort(Storefront store, int port)
    {
        var server = new NpgsqlConnectionStringBuilder(store.Database.ConnectionString);
        store.Profile($"host: '{server.Host}', port: {server.Port}", $"host: '127.0.0.1', port: {port}");
    }
}
