using Analytics.Deployment.Cloning;
using Analytics.Deployment.Tests.Support;
using Analytics.Testing;

namespace Analytics.Deployment.Tests.Cloning;

public sealed class StateCloneTests(PostgresFixture postgres)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_relations_of_another_state_become_views_of_the_target()
    {
        await using var shop = await OpenAsync();
        shop.Write(("models/young.sql", "select 1 as n"));

        var report = await CloneAsync(shop);

        Assert.Equal(new CloneReport(true, 3, 0, 1), report);
        Assert.Equal(
            ["a|v", "b|v", "s|v"],
            await shop.QueryAsync(
                "select c.relname, c.relkind from pg_class c where c.relnamespace = 'dev'::regnamespace order by 1"
            )
        );
        await shop.ExecuteAsync("insert into prod.a values (7)");
        Assert.Equal(["1", "7"], await shop.QueryAsync("select n from dev.a order by 1"));
        Assert.Equal(["2"], await shop.QueryAsync("select count(*) from dev.b"));
    }

    [Fact]
    public async Task What_is_there_stays_unless_everything_is_refreshed()
    {
        await using var shop = await OpenAsync();
        await shop.PublishAsync();
        await shop.ExecuteAsync("insert into dev.a values (5)");

        Assert.Equal(new CloneReport(true, 0, 3, 0), await CloneAsync(shop));
        Assert.Equal(["2"], await shop.QueryAsync("select count(*) from dev.b"));

        var refreshed = await CloneAsync(shop, fullRefresh: true);
        Assert.Empty(shop.Observer.Diagnostics);
        Assert.Equal(new CloneReport(true, 3, 0, 0), refreshed);
        Assert.Equal(["1"], await shop.QueryAsync("select count(*) from dev.b"));

        // A publish makes its own relations of models again; for a seed the view must go first, as with dbt.
        await shop.ExecuteAsync("drop view dev.s");
        await shop.PublishAsync();
        Assert.Equal(["r"], await shop.QueryAsync("select relkind from pg_class where oid = 'dev.a'::regclass"));
        Assert.Equal(["1"], await shop.QueryAsync("select count(*) from dev.b"));
    }

    [Fact]
    public async Task Nothing_is_changed_when_one_of_them_cannot_be_cloned()
    {
        await using var shop = await OpenAsync();
        await shop.ExecuteAsync("drop view prod.b");

        Assert.False((await CloneAsync(shop)).Succeeded);
        Assert.Equal(
            "models/b.sql(1,1,1,2): error ASQL6033: dev.b cannot be cloned: prod.b does not exist; nothing was changed",
            Assert.Single(shop.Observer.Diagnostics).ToString()
        );
        Assert.Equal(["False"], await shop.QueryAsync("select to_regnamespace('dev') is not null"));

        await shop.ExecuteAsync("create view prod.b as select 1 as n");
        await shop.PublishAsync();
        await shop.ExecuteAsync("create view public.mine as select * from dev.a");

        Assert.False((await CloneAsync(shop, fullRefresh: true)).Succeeded);
        Assert.Contains(
            "public.mine depends on",
            Assert
                .Single(shop.Observer.Diagnostics)
                .Message.Replace("view mine", "public.mine", StringComparison.Ordinal)
        );
        Assert.Equal(["r"], await shop.QueryAsync("select relkind from pg_class where oid = 'dev.a'::regclass"));
    }

    [Fact]
    public async Task A_state_of_the_target_itself_or_none_at_all_is_refused()
    {
        await using var shop = await OpenAsync();

        Assert.False((await CloneAsync(shop, target: "prod", fullRefresh: true)).Succeeded);
        Assert.All(shop.Observer.Diagnostics, found => Assert.Contains("a view of itself", found.Message));
        Assert.False((await CloneAsync(shop, state: "nothing")).Succeeded);
        Assert.Contains("there is no file and no folder", Assert.Single(shop.Observer.Diagnostics).Message);
    }

    // The state is an artifact that was built for prod, where it is published.
    private async Task<Storefront> OpenAsync()
    {
        var shop = await Storefront.OpenAsync(
            postgres,
            ("models/a.sql", "{{ config(materialized='table') }} select 1 as n"),
            ("models/b.sql", "select n from {{ ref('a') }}"),
            ("models/e.sql", "{{ config(materialized='ephemeral') }} select 1 as n"),
            ("seeds/s.csv", "x\n1\n")
        );
        await shop.PublishAsync("prod");
        shop.Build("prod", "prod.pgpac");
        return shop;
    }

    private static Task<CloneReport> CloneAsync(
        Storefront shop,
        bool fullRefresh = false,
        string? target = null,
        string state = "prod.pgpac"
    ) =>
        StateClone.RunAsync(
            new CloneRequest
            {
                ArtifactPath = shop.Build(),
                ProjectDirectory = shop.Folder,
                TargetName = target,
                EmbeddedServerDirectory = Path.Combine(shop.Folder, "postgres"),
                Selection = new SelectionRequest { StatePath = Path.Combine(shop.Folder, state) },
                FullRefresh = fullRefresh,
            },
            shop.Listen(),
            Token
        );
}
