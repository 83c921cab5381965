using Analytics.Deployment.Tests.Support;
using Analytics.Testing;

namespace Analytics.Deployment.Tests.Applying;

public sealed class IncrementalTests(PostgresFixture postgres)
{
    private const string Sources = """
        sources:
          - name: raw
            schema: raw
            tables: [{name: events}]
        """;

    private static string Model(string config, string columns = "id, v, at") =>
        "{{ config(materialized='incremental', "
        + config
        + ") }} select "
        + columns
        + " from {{ source('raw', 'events') }} {% if is_incremental() %} where at > (select max(at) from {{ this }}) {% endif %}";

    private async Task<Workshop> OpenAsync(string model, params (string, string)[] more)
    {
        var shop = await Workshop.OpenAsync(
            postgres,
            [("models/sources.yml", Sources), ("models/inc.sql", model), .. more]
        );
        await shop.ExecuteAsync(
            "create schema raw; create table raw.events (id int, v text, at int); insert into raw.events values (1, 'a', 1), (2, 'b', 2), (null, 'n', 2)"
        );
        return shop;
    }

    [Fact]
    public async Task Rows_whose_key_comes_again_are_replaced_and_others_stay()
    {
        await using var shop = await OpenAsync(Model("unique_key='id'"));
        await shop.PublishAsync();
        await shop.ExecuteAsync("insert into raw.events values (2, 'B', 3), (3, 'c', 3), (null, 'N', 3)");
        var oid = await shop.QueryAsync("select 'gold.inc'::regclass::oid");

        await shop.PublishAsync();

        // A NULL key matches nothing, as in dbt: both rows stay.
        Assert.Equal(
            ["1|a", "2|B", "3|c", "|n", "|N"],
            await shop.QueryAsync("select id, v from gold.inc order by id, at")
        );
        Assert.Equal(oid, await shop.QueryAsync("select 'gold.inc'::regclass::oid"));
        Assert.Equal(3, Assert.Single(shop.Observer.Results).RowsAffected);
    }

    [Theory]
    [InlineData("incremental_strategy='append', unique_key='id'")]
    [InlineData("incremental_strategy='delete+insert'")]
    [InlineData("unique_key=''")]
    public async Task Without_a_key_to_delete_by_rows_are_appended(string config)
    {
        await using var shop = await OpenAsync(Model(config));
        await shop.PublishAsync();
        await shop.ExecuteAsync("insert into raw.events values (2, 'B', 3)");

        await shop.PublishAsync();

        Assert.Equal(["b", "B"], await shop.QueryAsync("select v from gold.inc where id = 2 order by at"));
    }

    [Fact]
    public async Task What_is_downstream_and_every_test_see_the_table_as_it_will_be()
    {
        await using var shop = await OpenAsync(
            Model("unique_key=['id', 'v']"),
            (
                "models/total.sql",
                "{{ config(materialized='table') }} select count(*) as n, max(at) as last from {{ ref('inc') }}"
            ),
            ("models/seen.sql", "select id from {{ ref('inc') }} where at >= 3"),
            ("tests/latest.sql", "select 1 from {{ ref('inc') }} having max(at) not in (2, 9)")
        );
        await shop.PublishAsync();
        await shop.ExecuteAsync("insert into raw.events values (2, 'b', 9)");

        await shop.PublishAsync();

        Assert.Equal(["3|9"], await shop.QueryAsync("select n, last from gold.total"));
        Assert.Equal(["2"], await shop.QueryAsync("select id from gold.seen"));
        Assert.Equal("Pass", shop.Observer.StatusOf("latest"));
    }

    [Fact]
    public async Task A_red_test_keeps_the_new_rows_out()
    {
        await using var shop = await OpenAsync(
            Model("unique_key='id'"),
            ("tests/small.sql", "select * from {{ ref('inc') }} where at > 5")
        );
        await shop.PublishAsync();
        await shop.ExecuteAsync("insert into raw.events values (7, 'bad', 7)");

        Assert.False(await shop.TryPublishAsync());

        Assert.Equal(["3"], await shop.QueryAsync("select count(*) from gold.inc"));
        var error = Assert.Single(shop.Observer.Errors);
        Assert.Contains("'small' found 1 failing row: (id=7, v=bad, at=7)", error);
        Assert.Empty(await shop.StagingSchemasAsync());
    }

    [Fact]
    public async Task A_full_refresh_builds_anew()
    {
        await using var shop = await OpenAsync(Model("unique_key='id'"));
        await shop.PublishAsync();
        await shop.ExecuteAsync("delete from raw.events where id = 1");

        await shop.PublishAsync(fullRefresh: true);

        Assert.Equal(["2"], await shop.QueryAsync("select count(*) from gold.inc"));
    }

    [Fact]
    public async Task Predicates_limit_what_is_deleted()
    {
        await using var shop = await OpenAsync(
            Model("unique_key='id', incremental_predicates=['DBT_INTERNAL_DEST.at > 1']"),
            ("models/n.sql", "{{ config(materialized='table') }} select count(*) as n from {{ ref('inc') }}")
        );
        await shop.PublishAsync();
        await shop.ExecuteAsync("insert into raw.events values (1, 'A', 5), (2, 'B', 5)");

        await shop.PublishAsync();

        Assert.Equal(["1|a", "1|A", "2|B", "|n"], await shop.QueryAsync("select id, v from gold.inc order by id, at"));
        Assert.Equal(["4"], await shop.QueryAsync("select n from gold.n"));
    }

    [Fact]
    public async Task New_columns_are_ignored_by_default()
    {
        await using var shop = await OpenAsync(Model("unique_key='id'"));
        await shop.PublishAsync();
        shop.Write(("models/inc.sql", Model("unique_key='id'", "id, v, at, 'x' as extra")));
        await shop.ExecuteAsync("insert into raw.events values (5, 'e', 5)");

        await shop.PublishAsync();

        Assert.Equal(["5|e|5"], await shop.QueryAsync("select * from gold.inc where id = 5"));
    }

    [Fact]
    public async Task A_column_that_is_gone_is_refused_by_default()
    {
        await using var shop = await OpenAsync(Model("unique_key='id'"));
        await shop.PublishAsync();
        shop.Write(("models/inc.sql", Model("unique_key='id'", "id, at")));

        Assert.False(await shop.TryPublishAsync());

        Assert.Contains("models/inc.sql(1,1,1,2): error ASQL6006", Assert.Single(shop.Observer.Errors));
        Assert.Contains("no longer gives 'v'", Assert.Single(shop.Observer.Errors));
    }

    [Fact]
    public async Task Fail_refuses_any_difference()
    {
        const string Fail = "unique_key='id', on_schema_change='fail'";
        await using var shop = await OpenAsync(Model(Fail));
        await shop.PublishAsync();
        shop.Write(("models/inc.sql", Model(Fail, "id::bigint as id, v, 1 as extra, at")));

        Assert.False(await shop.TryPublishAsync());

        var error = Assert.Single(shop.Observer.Errors);
        Assert.Contains("the table lacks 'extra'; 'id' is now bigint, was integer", error);
    }

    [Fact]
    public async Task Append_new_columns_adds_them_and_keeps_what_is_gone()
    {
        const string Append = "unique_key='id', on_schema_change='append_new_columns'";
        await using var shop = await OpenAsync(Model(Append));
        await shop.PublishAsync();
        await shop.ExecuteAsync("create view gold.reader as select id, v from gold.inc");
        shop.Write(("models/inc.sql", Model(Append, "id, at, upper(v) as \"Big\"")));
        await shop.ExecuteAsync("insert into raw.events values (2, 'z', 5)");

        await shop.PublishAsync();

        Assert.Equal(
            ["1|a|1|", "2||5|Z", "|n|2|"],
            await shop.QueryAsync("select id, v, at, \"Big\" from gold.inc order by id")
        );
        Assert.Equal(["3"], await shop.QueryAsync("select count(*) from gold.reader"));
    }

    [Fact]
    public async Task Sync_all_columns_adds_drops_and_retypes_and_carries_views_over()
    {
        const string Sync = "unique_key='id', on_schema_change='sync_all_columns'";
        await using var shop = await OpenAsync(Model(Sync));
        await shop.PublishAsync();
        await shop.ExecuteAsync("create schema bi; create view bi.ids as select id from gold.inc");
        shop.Write(("models/inc.sql", Model(Sync, "id::bigint as id, at, 'new' as extra")));
        await shop.ExecuteAsync("insert into raw.events values (2, 'z', 5)");

        await shop.PublishAsync();

        Assert.Equal(
            ["id|bigint", "at|integer", "extra|text"],
            await shop.QueryAsync(
                "select attname, format_type(atttypid, atttypmod) from pg_attribute where attrelid = 'gold.inc'::regclass and attnum > 0 and not attisdropped order by attnum"
            )
        );
        Assert.Equal(["1|1|", "2|5|new", "|2|"], await shop.QueryAsync("select * from gold.inc order by id"));
        Assert.Equal(["1", "2", ""], await shop.QueryAsync("select id from bi.ids order by 1"));
    }

    [Fact]
    public async Task A_longer_string_widens_the_column_in_place()
    {
        await using var shop = await OpenAsync(Model("unique_key='id'", "id, v::varchar(2) as v, at"));
        await shop.PublishAsync();
        shop.Write(("models/inc.sql", Model("unique_key='id'", "id, v::varchar(20) as v, at")));
        await shop.ExecuteAsync("insert into raw.events values (8, 'eight letters', 8)");

        await shop.PublishAsync();

        Assert.Equal(["eight letters"], await shop.QueryAsync("select v from gold.inc where id = 8"));
    }

    [Fact]
    public async Task A_view_of_the_name_gives_way_to_the_table()
    {
        await using var shop = await OpenAsync("select 1 as id");
        await shop.PublishAsync();
        shop.Write(("models/inc.sql", Model("unique_key='id'")));

        await shop.PublishAsync();

        Assert.Equal(["r"], await shop.QueryAsync("select relkind from pg_class where oid = 'gold.inc'::regclass"));
    }

    [Fact]
    public async Task A_unique_key_that_the_query_no_longer_has_is_refused_and_deletes_nothing()
    {
        await using var shop = await OpenAsync(Model("unique_key='id', on_schema_change='append_new_columns'"));
        await shop.PublishAsync();
        shop.Write(
            ("models/inc.sql", Model("unique_key='id', on_schema_change='append_new_columns'", "id as event_id, v, at"))
        );
        await shop.ExecuteAsync("insert into raw.events values (9, 'z', 9)");

        Assert.False(await shop.TryPublishAsync());

        Assert.Contains("\"id\" does not exist", Assert.Single(shop.Observer.Errors));
        Assert.Equal(["3"], await shop.QueryAsync("select count(*) from gold.inc"));
    }

    [Fact]
    public async Task A_predicate_with_or_in_it_deletes_no_row_whose_key_did_not_come_again()
    {
        await using var shop = await OpenAsync(
            Model("unique_key='id', incremental_predicates=[\"DBT_INTERNAL_DEST.at = 1 or DBT_INTERNAL_DEST.v = 'b'\"]")
        );
        await shop.PublishAsync();
        await shop.ExecuteAsync("insert into raw.events values (1, 'A', 5)");

        await shop.PublishAsync();

        Assert.Equal(["1|A", "2|b", "|n"], await shop.QueryAsync("select id, v from gold.inc order by id"));
    }
}
