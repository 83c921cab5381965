using Analytics.Deployment.Tests.Support;
using Analytics.Testing;

namespace Analytics.Deployment.Tests.Applying;

public sealed class MaterializationTests(PostgresFixture postgres)
{
    [Fact]
    public async Task Views_tables_seeds_and_ephemeral_models_are_built_on_each_other()
    {
        await using var shop = await Workshop.OpenAsync(
            postgres,
            ("seeds/zones.csv", "id,name\n1,Soho\n2,\"Tri,Be\\ca\"\n3,\n"),
            (
                "models/inner.sql",
                "{{ config(materialized='ephemeral') }} select * from {{ ref('zones') }} where id > 1"
            ),
            ("models/v.sql", "select id, name from {{ ref('inner') }}"),
            (
                "models/t.sql",
                "{{ config(materialized='table') }} select count(*) as n, max(name) as name from {{ ref('v') }} -- end"
            )
        );

        await shop.PublishAsync();

        Assert.Equal(["2|Tri,Be\\ca"], await shop.QueryAsync("select n, name from gold.t"));
        Assert.Equal(
            ["t|r", "v|v", "zones|r"],
            await shop.QueryAsync(
                "select relname, relkind from pg_class where relnamespace = 'gold'::regnamespace and relkind in ('r', 'v') order by 1"
            )
        );
        Assert.Equal(["1"], await shop.QueryAsync("select count(*) from gold.zones where name is null"));
        Assert.Empty(await shop.StagingSchemasAsync());
        Assert.Equal(["seed", "view", "table"], shop.Observer.Results.Select(result => result.Kind));
    }

    [Fact]
    public async Task A_second_publish_replaces_what_the_first_one_made()
    {
        await using var shop = await Workshop.OpenAsync(
            postgres,
            ("models/v.sql", "select 1 as a"),
            (
                "models/t.sql",
                "{{ config(materialized='table', indexes=[{'columns': ['a'], 'unique': true}]) }} select a from {{ ref('v') }}"
            )
        );
        await shop.PublishAsync();
        var index = await shop.QueryAsync("select indexname from pg_indexes where schemaname = 'gold'");

        shop.Write(("models/v.sql", "select 'x' as b, 2 as a"));
        await shop.PublishAsync();

        Assert.Equal(["2"], await shop.QueryAsync("select a from gold.t"));
        Assert.Equal(["x|2"], await shop.QueryAsync("select * from gold.v"));
        Assert.Single(index);
        Assert.Equal(index, await shop.QueryAsync("select indexname from pg_indexes where schemaname = 'gold'"));
    }

    [Fact]
    public async Task A_table_may_become_a_view_and_a_view_a_table()
    {
        await using var shop = await Workshop.OpenAsync(
            postgres,
            ("models/a.sql", "{{ config(materialized='table') }} select 1 as x"),
            ("models/b.sql", "select 2 as x")
        );
        await shop.PublishAsync();

        shop.Write(
            ("models/a.sql", "select 3 as x"),
            ("models/b.sql", "{{ config(materialized='table') }} select x from {{ ref('a') }}")
        );
        await shop.PublishAsync();

        Assert.Equal(
            ["a|v", "b|r"],
            await shop.QueryAsync(
                "select relname, relkind from pg_class where relnamespace = 'gold'::regnamespace order by 1"
            )
        );
        Assert.Equal(["3"], await shop.QueryAsync("select x from gold.b"));
    }

    [Fact]
    public async Task Names_that_need_quotes_or_are_long_work()
    {
        var name = new string('n', 60);
        await using var shop = await Workshop.OpenAsync(
            postgres,
            (
                "models/" + name + ".sql",
                "{{ config(materialized='table', schema='Odd \"one\" ' ~ 'é' * 20) }} select 1 as \"A b\""
            ),
            ("models/reader.sql", "select \"A b\" from {{ ref('" + name + "') }}")
        );

        await shop.PublishAsync();

        Assert.Equal(["1"], await shop.QueryAsync("select * from gold.reader"));
        Assert.Empty(await shop.StagingSchemasAsync());
    }

    [Fact]
    public async Task Unlogged_tables_and_descriptions_that_are_to_persist_are_made_as_configured()
    {
        await using var shop = await Workshop.OpenAsync(
            postgres,
            (
                "models/t.sql",
                "{{ config(materialized='table', unlogged=true, persist_docs={'relation': true, 'columns': true}) }} select 1 as a"
            ),
            ("models/u.sql", "{{ config(materialized='table') }} select 1 as a"),
            (
                "models/_m.yml",
                "models: [{name: t, description: It's a table, columns: [{name: a, description: One}]}, {name: u, description: Not kept}]"
            )
        );

        await shop.PublishAsync();

        Assert.Equal(
            ["t|u|It's a table|One", "u|p||"],
            await shop.QueryAsync(
                """
                select relname, relpersistence, obj_description(oid, 'pg_class'), col_description(oid, 1)
                from pg_class where relnamespace = 'gold'::regnamespace order by 1
                """
            )
        );
    }
}
