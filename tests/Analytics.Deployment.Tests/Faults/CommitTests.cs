using Analytics.Deployment.Tests.Support;
using Analytics.Testing;
using Npgsql;

namespace Analytics.Deployment.Tests.Faults;

public sealed class CommitTests(PostgresFixture postgres)
{
    [Theory]
    [InlineData(false, "1")]
    [InlineData(true, "2")]
    public async Task A_connection_that_breaks_while_the_cut_over_is_committed_is_asked_for_on_another(
        bool arrives,
        string live
    )
    {
        await using var shop = await OpenAsync();
        using var proxy = Proxy(shop);
        var brokenOnce = false;
        var isLast = LastCommit();
        proxy.Cuts = (sent, after) =>
        {
            if (brokenOnce || !isLast(sent))
            {
                return false;
            }

            if (after != arrives)
            {
                proxy.LosesAnswers = true;
                return false;
            }

            brokenOnce = true;
            if (arrives)
            {
                // The server has it, and is given the time to do it.
                Thread.Sleep(300);
            }

            _ = Task.Delay(500).ContinueWith(_ => proxy.Mend(), TaskScheduler.Default);
            return true;
        };

        Assert.Equal(arrives, await shop.TryPublishAsync());

        Assert.True(brokenOnce);
        Assert.Equal([live], await shop.QueryAsync("select v::text from gold.top"));
        if (!arrives)
        {
            var error = Assert.Single(shop.Observer.Errors);
            Assert.Contains("ASQL6007", error);
            Assert.Contains("the connection was lost", error);
        }

        shop.Through = null;
        await shop.PublishAsync();
        Assert.Equal(["2"], await shop.QueryAsync("select v::text from gold.top"));
        Assert.Empty(await shop.StagingSchemasAsync());
    }

    [Fact]
    public async Task Where_nobody_answers_it_is_not_claimed_that_the_old_relations_are_there()
    {
        await using var shop = await OpenAsync();
        shop.CutOver = shop.CutOver with { Patience = TimeSpan.FromSeconds(1) };
        using var proxy = Proxy(shop);
        var isLast = LastCommit();
        proxy.Cuts = (sent, after) => isLast(sent) && after;

        Assert.False(await shop.TryPublishAsync());

        Assert.Contains("ASQL6035", Assert.Single(shop.Observer.Errors));
    }

    [Fact]
    public async Task Hooks_that_are_due_after_it_run_on_another_connection()
    {
        await using var shop = await OpenAsync();
        await shop.ExecuteAsync("create table public.said (what text)");
        shop.Write(
            (
                "models/top.sql",
                "{{ config(post_hook={'sql': \"insert into public.said select 'hook ' || v from {{ this }}\", 'transaction': false}) }} select v from {{ ref('base') }}"
            ),
            (
                "dbt_project.yml",
                "name: shop\nversion: '1.0'\non-run-end: [\"insert into public.said values ('end')\"]\n"
            )
        );
        using var proxy = Proxy(shop);
        var brokenOnce = false;
        var isLast = LastCommit();
        proxy.Cuts = (sent, after) =>
        {
            if (brokenOnce || !isLast(sent))
            {
                return false;
            }

            if (!after)
            {
                proxy.LosesAnswers = true;
                return false;
            }

            brokenOnce = true;
            Thread.Sleep(300);
            _ = Task.Delay(500).ContinueWith(_ => proxy.Mend(), TaskScheduler.Default);
            return true;
        };

        await shop.PublishAsync();

        Assert.True(brokenOnce);
        Assert.Empty(shop.Observer.Diagnostics);
        Assert.Equal(["end", "hook 2"], await shop.QueryAsync("select what from public.said order by what"));
    }

    private async Task<Workshop> OpenAsync()
    {
        var shop = await Workshop.OpenAsync(
            postgres,
            ("models/base.sql", "{{ config(materialized='table') }} select 1 as v"),
            ("models/top.sql", "select v from {{ ref('base') }}")
        );
        await shop.PublishAsync();
        return shop.Write(("models/base.sql", "{{ config(materialized='table') }} select 2 as v"));
    }

    private static ServerProxy Proxy(Workshop shop)
    {
        var server = new NpgsqlConnectionStringBuilder(shop.Database.ConnectionString);
        var proxy = new ServerProxy(server.Host!, server.Port);
        shop.Through = proxy.Port;
        return proxy;
    }

    // The driver sends COMMIT as a simple query of its own; that of the cut-over follows the question for the transaction's id.
    private static Func<ReadOnlyMemory<byte>, bool> LastCommit()
    {
        var isCuttingOver = false;
        return sent =>
        {
            isCuttingOver |= sent.Span.IndexOf("pg_current_xact_id"u8) >= 0;
            return isCuttingOver && sent.Span.IndexOf("COMMIT\0"u8) >= 0;
        };
    }
}
