using Analytics.Deployment.Tests.Support;
using Analytics.Testing;

namespace Analytics.Deployment.Tests.Applying;

public sealed class MaterializedViewTests(PostgresFixture postgres)
{
    private const string Sources = "sources: [{name: raw, schema: raw, tables: [{name: events}]}]";

    private const string Object = "select c.oid, c.relkind from pg_class c where oid = 'gold.mv'::regclass";

    private static string Model(string config, string sql = "select id, v from {{ source('raw', 'events') }}") =>
        "{{ config(materialized='materialized_view'" + config + ") }} " + sql;

    private async Task<Workshop> OpenAsync(string model, params (string, string)[] more)
    {
        var shop = await Workshop.OpenAsync(
            postgres,
            [("models/sources.yml", Sources), ("models/mv.sql", model), .. more]
        );
        await shop.ExecuteAsync(
            "create schema raw; create table raw.events (id int, v text); insert into raw.events values (1, 'a'), (2, 'b')"
        );
        await shop.PublishAsync();
        return shop;
    }

    [Theory]
    [InlineData("")]
    [InlineData(", indexes=[{'columns': ['id'], 'unique': true}, {'columns': 'lower(v)'}]")]
    public async Task One_that_is_what_it_would_be_is_refreshed_and_what_is_downstream_reads_its_new_rows(string config)
    {
        await using var shop = await OpenAsync(
            Model(config),
            ("models/n.sql", "{{ config(materialized='table') }} select count(*) as n from {{ ref('mv') }}"),
            ("models/top.sql", "select max(id) as id from {{ ref('mv') }}")
        );
        const string File = "select pg_relation_filenode('gold.mv')";
        var before = await shop.QueryAsync(Object);
        var file = await shop.QueryAsync(File);
        await shop.ExecuteAsync(
            "create view gold.foreign as select count(*) from gold.mv; insert into raw.events values (3, 'c')"
        );

        await shop.PublishAsync();

        Assert.EndsWith("|m", Assert.Single(before));
        Assert.Equal(before, await shop.QueryAsync(Object));
        Assert.Equal(
            ["3|3|3|3"],
            await shop.QueryAsync(
                "select (select count(*) from gold.mv), n, id, (table gold.foreign) from gold.n, gold.top"
            )
        );
        Assert.Equal(
            [config.Length == 0 ? "0" : "2"],
            await shop.QueryAsync("select count(*) from pg_index where indrelid = 'gold.mv'::regclass")
        );
        Assert.Empty(await shop.StagingSchemasAsync());

        // With a unique index it was refreshed concurrently: in place.
        Assert.Equal(config.Length > 0, file[0] == (await shop.QueryAsync(File))[0]);
    }

    [Fact]
    public async Task Another_query_makes_it_anew_with_its_privileges_and_the_views_on_it()
    {
        await using var shop = await OpenAsync(Model(""));
        await shop.ExecuteAsync(
            "create view gold.foreign as select id from gold.mv; grant select on gold.mv to public"
        );
        shop.Write(("models/mv.sql", Model("", "select id, upper(v) as v from {{ source('raw', 'events') }}")));

        await shop.PublishAsync();

        Assert.Equal(["1|A", "2|B"], await shop.QueryAsync("select * from gold.mv order by 1"));
        Assert.Equal(["2"], await shop.QueryAsync("select count(*) from gold.foreign"));
        Assert.Equal(
            ["SELECT"],
            await shop.QueryAsync(
                "select a.privilege_type from pg_class c, aclexplode(c.relacl) a where c.oid = 'gold.mv'::regclass and a.grantee = 0"
            )
        );
    }

    [Fact]
    public async Task It_is_made_anew_on_tables_and_views_that_are_replaced_and_kept_on_one_that_takes_rows()
    {
        await using var shop = await OpenAsync(
            Model("", "select id from {{ ref('v') }} union all select id from {{ ref('t') }}"),
            ("models/t.sql", "{{ config(materialized='table') }} select id from {{ source('raw', 'events') }}"),
            ("models/v.sql", "select id from {{ ref('t') }}"),
            (
                "models/inc.sql",
                "{{ config(materialized='incremental', unique_key='id') }} select id from {{ source('raw', 'events') }}"
            ),
            ("models/of_inc.sql", Model("", "select id from {{ ref('inc') }}")),
            ("models/second.sql", Model("", "select max(id) as id from {{ ref('mv') }}"))
        );
        const string Other = "select c.oid from pg_class c where oid = 'gold.of_inc'::regclass";
        var before = await shop.QueryAsync(Other);
        await shop.ExecuteAsync("insert into raw.events values (3, 'c')");

        await shop.PublishAsync();

        Assert.Equal(["6|3"], await shop.QueryAsync("select (select count(*) from gold.mv), id from gold.second"));
        Assert.Equal(["3"], await shop.QueryAsync("select count(*) from gold.of_inc"));
        Assert.Equal(before, await shop.QueryAsync(Other));
    }

    [Theory]
    [InlineData("apply", true, "3", "1")]
    [InlineData("continue", true, "2", "0")]
    [InlineData("fail", false, "2", "0")]
    public async Task Other_indexes_are_what_the_config_says(string change, bool works, string rows, string indexes)
    {
        var rule = $", on_configuration_change='{change}'";
        await using var shop = await OpenAsync(Model(rule));
        shop.Write(("models/mv.sql", Model(rule + ", indexes=[{'columns': 'id'}]")));
        await shop.ExecuteAsync("insert into raw.events values (3, 'c')");

        Assert.Equal(works, await shop.TryPublishAsync());

        Assert.Equal([rows], await shop.QueryAsync("select count(*) from gold.mv"));
        Assert.Equal(
            [indexes],
            await shop.QueryAsync("select count(*) from pg_index where indrelid = 'gold.mv'::regclass")
        );
        if (!works)
        {
            Assert.Contains("error ASQL6014: the indexes of gold.mv", Assert.Single(shop.Observer.Errors));
        }

        await shop.PublishAsync(fullRefresh: true);
        Assert.Equal(["3"], await shop.QueryAsync("select count(*) from gold.mv"));
    }

    [Fact]
    public async Task It_does_not_keep_the_columns_of_what_it_reads_from_being_changed()
    {
        const string Config =
            "{{ config(materialized='incremental', unique_key='id', on_schema_change='sync_all_columns') }} ";
        await using var shop = await OpenAsync(
            Model("", "select id from {{ ref('inc') }}"),
            ("models/inc.sql", Config + "select id from {{ source('raw', 'events') }}")
        );
        shop.Write(("models/inc.sql", Config + "select id::bigint as id from {{ source('raw', 'events') }}"));

        await shop.PublishAsync();

        Assert.Equal(["bigint"], await shop.QueryAsync("select distinct pg_typeof(id)::text from gold.mv"));
    }

    [Fact]
    public async Task A_table_may_become_one_and_one_a_table()
    {
        const string Table = "{{ config(materialized='table') }} select 1 as id";
        await using var shop = await OpenAsync(Table);
        shop.Write(("models/mv.sql", Model("")));
        await shop.PublishAsync();
        Assert.EndsWith("|m", Assert.Single(await shop.QueryAsync(Object)));

        shop.Write(("models/mv.sql", Table));
        await shop.PublishAsync();

        Assert.EndsWith("|r", Assert.Single(await shop.QueryAsync(Object)));
    }

    [Fact]
    public async Task A_red_test_keeps_its_old_rows()
    {
        await using var shop = await OpenAsync(
            Model(""),
            ("tests/few.sql", "select * from {{ ref('mv') }} where id > 2")
        );
        await shop.ExecuteAsync("insert into raw.events values (3, 'c')");

        Assert.False(await shop.TryPublishAsync());

        Assert.Equal(["2"], await shop.QueryAsync("select count(*) from gold.mv"));
    }
}
