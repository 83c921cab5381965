using Analytics.Deployment.Reporting;
using Analytics.Deployment.Tests.Support;
using Analytics.Testing;

namespace Analytics.Deployment.Tests.Applying.State;

public sealed class ReuseTests(PostgresFixture postgres)
{
    private const string Table = "{{ config(materialized='table') }} ";

    private static readonly (string, string) Source = (
        "models/sources.yml",
        "sources: [{name: raw, schema: raw, tables: [{name: orders}]}]"
    );

    [Fact]
    public async Task A_view_and_a_seed_that_did_not_change_stay_the_same_objects()
    {
        await using var shop = await Workshop.OpenAsync(
            postgres,
            ("seeds/kinds.csv", "kind\ncard\n"),
            ("models/kinds_view.sql", "select kind from {{ ref('kinds') }}"),
            ("models/above.sql", "select kind from {{ ref('kinds_view') }}")
        );
        await shop.PublishAsync();
        var before = await OidsAsync(shop);

        await shop.PublishAsync();

        Assert.Equal(before, await OidsAsync(shop));
        Assert.Equal(3, shop.Observer.Results.Count);
        Assert.All(shop.Observer.Results, result => Assert.Equal(NodeStatus.Reused, result.Status));
        Assert.Equal([1, 2, 3], shop.Observer.Results.Select(result => result.Position));
        Assert.Empty(await shop.StagingSchemasAsync());
    }

    [Fact]
    public async Task What_changed_is_built_and_what_reads_it_and_the_rest_is_not()
    {
        await using var shop = await Workshop.OpenAsync(
            postgres,
            ("models/a.sql", "select 1 as v"),
            ("models/b.sql", "select v from {{ ref('a') }}"),
            ("models/c.sql", "select 3 as v"),
            ("seeds/s.csv", "v\n1\n")
        );
        await shop.PublishAsync();

        await shop.Write(("models/a.sql", "select 2 as v"), ("seeds/s.csv", "v\n5\n")).PublishAsync();

        Assert.Equal("Success", shop.Observer.StatusOf("gold.a"));
        Assert.Equal("Success", shop.Observer.StatusOf("gold.b"));
        Assert.Equal("Reused", shop.Observer.StatusOf("gold.c"));
        Assert.Equal("Success", shop.Observer.StatusOf("gold.s"));
        Assert.Equal(["2|5"], await shop.QueryAsync("select b.v, s.v from gold.b, gold.s"));
    }

    [Fact]
    public async Task A_change_of_config_builds_a_view_and_one_of_tags_does_not()
    {
        await using var shop = await Workshop.OpenAsync(
            postgres,
            ("models/a.sql", "select 1 as v"),
            ("models/b.sql", "select 1 as v")
        );
        await shop.PublishAsync();

        await shop.Write(
                ("models/a.sql", "{{ config(tags=['nightly'], meta={'owner': 'ann'}) }}select 1 as v"),
                ("models/b.sql", "{{ config(persist_docs={'relation': true}) }}select 1 as v")
            )
            .PublishAsync();

        Assert.Equal("Reused", shop.Observer.StatusOf("gold.a"));
        Assert.Equal("Success", shop.Observer.StatusOf("gold.b"));
    }

    [Fact]
    public async Task Tables_are_built_each_time_and_so_is_what_reads_them()
    {
        await using var shop = await Workshop.OpenAsync(
            postgres,
            Source,
            ("models/stage.sql", "select * from {{ source('raw', 'orders') }}"),
            ("models/orders.sql", Table + "select * from {{ ref('stage') }}"),
            ("models/inline.sql", "{{ config(materialized='ephemeral') }} select * from {{ ref('orders') }}"),
            ("models/top.sql", "select * from {{ ref('inline') }}")
        );
        await shop.ExecuteAsync("create schema raw; create table raw.orders as select 1 as id");
        await shop.PublishAsync();
        await shop.ExecuteAsync("insert into raw.orders values (2)");

        await shop.PublishAsync();

        Assert.Equal("Reused", shop.Observer.StatusOf("gold.stage"));
        Assert.Equal("Success", shop.Observer.StatusOf("gold.orders"));
        Assert.Equal("Success", shop.Observer.StatusOf("gold.top"));
        Assert.Equal(["2"], await shop.QueryAsync("select count(*) from gold.top"));
    }

    [Theory]
    [InlineData("create or replace view gold.a as select id, 7 as more from raw.orders")]
    [InlineData("drop view gold.a; create view gold.a as select 0 as id")]
    [InlineData("alter view gold.a rename column id to other")]
    [InlineData("drop view gold.a")]
    [InlineData("grant select on gold.a to public")]
    public async Task A_view_that_somebody_else_touched_is_built_again(string touch)
    {
        await using var shop = await Workshop.OpenAsync(
            postgres,
            Source,
            ("models/a.sql", "select id from {{ source('raw', 'orders') }}")
        );
        await shop.ExecuteAsync("create schema raw; create table raw.orders as select 1 as id");
        await shop.PublishAsync();
        await shop.ExecuteAsync(touch);

        await shop.PublishAsync();

        Assert.Equal("Success", shop.Observer.StatusOf("gold.a"));
        Assert.Equal(["id"], await ColumnsAsync(shop, "a"));
    }

    [Fact]
    public async Task A_star_takes_up_the_new_columns_of_a_source()
    {
        await using var shop = await Workshop.OpenAsync(
            postgres,
            Source,
            ("models/a.sql", "select * from {{ source('raw', 'orders') }}")
        );
        await shop.ExecuteAsync("create schema raw; create table raw.orders as select 1 as id");
        await shop.PublishAsync();
        await shop.ExecuteAsync("alter table raw.orders add column amount int");

        await shop.PublishAsync();

        Assert.Equal("Success", shop.Observer.StatusOf("gold.a"));
        Assert.Equal(["id", "amount"], await ColumnsAsync(shop, "a"));
    }

    [Theory]
    [InlineData("{{ config(post_hook='select 1') }}select 1 as v")]
    [InlineData("{% if execute %}select {{ run_query('select 1').columns[0][0] }} as v{% endif %}")]
    public async Task What_has_a_hook_or_asks_the_database_is_built_each_time(string model)
    {
        await using var shop = await Workshop.OpenAsync(postgres, ("models/a.sql", model));
        await shop.PublishAsync();
        await shop.PublishAsync();

        Assert.Equal("Success", shop.Observer.StatusOf("gold.a"));
    }

    [Fact]
    public async Task Force_and_a_full_refresh_build_everything()
    {
        await using var shop = await Workshop.OpenAsync(postgres, ("models/a.sql", "select 1 as v"));
        await shop.PublishAsync();

        await shop.PublishAsync(fullRefresh: true);
        Assert.Equal("Success", shop.Observer.StatusOf("gold.a"));
        shop.Force = true;
        await shop.PublishAsync();
        Assert.Equal("Success", shop.Observer.StatusOf("gold.a"));
        shop.Force = false;
        await shop.PublishAsync();
        Assert.Equal("Reused", shop.Observer.StatusOf("gold.a"));
    }

    [Fact]
    public async Task Tests_run_on_what_was_not_built()
    {
        await using var shop = await Workshop.OpenAsync(
            postgres,
            Source,
            ("models/a.sql", "select id from {{ source('raw', 'orders') }}"),
            ("tests/no_zero.sql", "select id from {{ ref('a') }} where id = 0")
        );
        await shop.ExecuteAsync("create schema raw; create table raw.orders as select 1 as id");
        await shop.PublishAsync();
        await shop.ExecuteAsync("insert into raw.orders values (0)");

        Assert.False(await shop.TryPublishAsync());

        Assert.Equal("Reused", shop.Observer.StatusOf("gold.a"));
        Assert.Equal("Fail", shop.Observer.StatusOf("no_zero"));
    }

    [Fact]
    public async Task A_publish_that_fails_notes_nothing()
    {
        await using var shop = await Workshop.OpenAsync(
            postgres,
            ("models/a.sql", "select 1 as v"),
            ("tests/red.sql", "select v from {{ ref('a') }}")
        );

        Assert.False(await shop.TryPublishAsync());

        Assert.Equal(["0"], await shop.QueryAsync("select count(*) from pg_namespace where nspname like '%state'"));
    }

    private static async Task<IReadOnlyList<string>> OidsAsync(Workshop shop) =>
        await shop.QueryAsync("select oid from pg_class where relnamespace = 'gold'::regnamespace order by relname");

    private static Task<IReadOnlyList<string>> ColumnsAsync(Workshop shop, string view) =>
        shop.QueryAsync(
            $"select attname from pg_attribute where attrelid = 'gold.{view}'::regclass and attnum > 0 order by attnum"
        );
}
