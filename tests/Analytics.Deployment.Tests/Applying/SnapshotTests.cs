using Analytics.Deployment.Tests.Support;
using Analytics.Testing;

namespace Analytics.Deployment.Tests.Applying;

public sealed class SnapshotTests(PostgresFixture postgres)
{
    private const string Sources = """
        sources:
          - name: raw
            schema: raw
            tables: [{name: zones}]
        """;

    private async Task<Workshop> OpenAsync(string config, params (string, string)[] more)
    {
        var shop = await Workshop.OpenAsync(
            postgres,
            [("models/sources.yml", Sources), ("snapshots/snap.sql", Snapshot(config)), .. more]
        );
        await shop.ExecuteAsync(
            "create schema raw; create table raw.zones (id int, name text, at timestamp); insert into raw.zones values (1, 'Soho', '2024-01-01'), (2, 'Bronx', '2024-01-01')"
        );
        return shop;
    }

    private static string Snapshot(string config, string columns = "*") =>
        "{% snapshot snap %} {{ config(unique_key='id', "
        + config
        + ") }} select "
        + columns
        + " from {{ source('raw', 'zones') }} {% endsnapshot %}";

    [Fact]
    public async Task The_first_run_writes_dbt_s_columns_and_hash()
    {
        await using var shop = await OpenAsync("strategy='timestamp', updated_at='at'");

        await shop.PublishAsync();

        Assert.Equal(
            [
                "id|integer",
                "name|text",
                "at|timestamp without time zone",
                "dbt_scd_id|text",
                "dbt_updated_at|timestamp without time zone",
                "dbt_valid_from|timestamp without time zone",
                "dbt_valid_to|timestamp without time zone",
            ],
            await shop.QueryAsync(
                "select attname, format_type(atttypid, atttypmod) from pg_attribute where attrelid = 'gold.snap'::regclass and attnum > 0 order by attnum"
            )
        );
        Assert.Equal(
            ["2"],
            await shop.QueryAsync(
                "select count(*) from gold.snap where dbt_scd_id = md5(id || '|' || at) and dbt_valid_from = at and dbt_valid_to is null"
            )
        );
    }

    [Fact]
    public async Task Check_closes_the_old_version_and_opens_a_new_one_for_what_changed_only()
    {
        await using var shop = await OpenAsync("strategy='check', check_cols=['name']");
        await shop.PublishAsync();
        await shop.ExecuteAsync(
            "update raw.zones set name = 'SoHo' where id = 1; update raw.zones set at = now() where id = 2"
        );

        await shop.PublishAsync();

        Assert.Equal(
            ["1|Soho|False", "1|SoHo|True", "2|Bronx|True"],
            await shop.QueryAsync("select id, name, dbt_valid_to is null from gold.snap order by id, dbt_valid_from")
        );
        Assert.Equal(
            ["True"],
            await shop.QueryAsync(
                "select a.dbt_valid_to = b.dbt_valid_from from gold.snap a join gold.snap b on a.id = b.id and a.name = 'Soho' and b.name = 'SoHo'"
            )
        );

        await shop.PublishAsync();
        Assert.Equal(["3"], await shop.QueryAsync("select count(*) from gold.snap"));
    }

    [Fact]
    public async Task Check_all_sees_every_column_and_null()
    {
        await using var shop = await OpenAsync("strategy='check', check_cols='all'");
        await shop.PublishAsync();
        await shop.ExecuteAsync("update raw.zones set at = null where id = 2");

        await shop.PublishAsync();

        Assert.Equal(
            ["1|1", "2|2"],
            await shop.QueryAsync("select id, count(*) from gold.snap group by id order by id")
        );
    }

    [Fact]
    public async Task Timestamp_sees_a_later_time_only()
    {
        await using var shop = await OpenAsync("strategy='timestamp', updated_at='at'");
        await shop.PublishAsync();
        await shop.ExecuteAsync(
            "update raw.zones set name = 'x', at = '2023-01-01' where id = 1; update raw.zones set name = 'y', at = '2024-02-01' where id = 2"
        );

        await shop.PublishAsync();

        Assert.Equal(
            ["1|Soho|", "2|Bronx|02/01/2024 00:00:00", "2|y|"],
            await shop.QueryAsync("select id, name, dbt_valid_to from gold.snap order by id, dbt_valid_from")
        );
    }

    [Theory]
    [InlineData("ignore", "1|True", "2|True")]
    [InlineData("invalidate", "1|True", "2|False")]
    public async Task Rows_that_are_gone_stay_or_are_closed(string mode, params string[] expected)
    {
        await using var shop = await OpenAsync($"strategy='timestamp', updated_at='at', hard_deletes='{mode}'");
        await shop.PublishAsync();
        await shop.ExecuteAsync("delete from raw.zones where id = 2");

        await shop.PublishAsync();

        Assert.Equal(expected, await shop.QueryAsync("select id, dbt_valid_to is null from gold.snap order by id"));
    }

    [Fact]
    public async Task Rows_that_are_gone_get_a_record_of_it_and_come_back()
    {
        await using var shop = await OpenAsync("strategy='timestamp', updated_at='at', hard_deletes='new_record'");
        await shop.PublishAsync();
        await shop.ExecuteAsync("delete from raw.zones where id = 2");

        await shop.PublishAsync();
        await shop.PublishAsync();

        Assert.Equal(
            ["1|False|True", "2|False|False", "2|True|True"],
            await shop.QueryAsync(
                "select id, dbt_is_deleted, dbt_valid_to is null from gold.snap order by id, dbt_valid_from"
            )
        );

        await shop.ExecuteAsync("insert into raw.zones values (2, 'Bronx', '2030-01-01')");
        await shop.PublishAsync();
        Assert.Equal(
            ["False|False", "True|False", "False|True"],
            await shop.QueryAsync(
                "select dbt_is_deleted, dbt_valid_to is null from gold.snap where id = 2 order by dbt_valid_from"
            )
        );
    }

    [Fact]
    public async Task Live_rows_may_end_at_a_date_of_the_author()
    {
        await using var shop = await OpenAsync(
            "strategy='check', check_cols=['name'], dbt_valid_to_current=\"'9999-12-31'::timestamp\""
        );
        await shop.PublishAsync();
        await shop.ExecuteAsync("update raw.zones set name = 'new' where id = 1");

        await shop.PublishAsync();

        Assert.Equal(
            ["Soho|False", "new|True"],
            await shop.QueryAsync(
                "select name, dbt_valid_to = '9999-12-31' from gold.snap where id = 1 order by dbt_valid_from"
            )
        );
    }

    [Fact]
    public async Task The_columns_of_versions_are_called_as_the_author_says()
    {
        const string Names =
            ", snapshot_meta_column_names={'dbt_valid_to': 'until', 'dbt_valid_from': 'Since', 'dbt_scd_id': '\"Id\"', "
            + "'dbt_updated_at': 'moved', 'dbt_is_deleted': 'gone'}";
        await using var shop = await OpenAsync("strategy='check', check_cols='all', hard_deletes='new_record'" + Names);
        await shop.PublishAsync();
        await shop.ExecuteAsync("update raw.zones set name = 'SoHo' where id = 1; delete from raw.zones where id = 2");

        await shop.PublishAsync();

        Assert.Equal(
            ["Id", "moved", "since", "until", "gone"],
            await shop.QueryAsync(
                "select attname from pg_attribute where attrelid = 'gold.snap'::regclass and attnum > 3 order by attnum"
            )
        );
        Assert.Equal(
            ["1|Soho|False|False", "1|SoHo|True|False", "2|Bronx|False|False", "2|Bronx|True|True"],
            await shop.QueryAsync("select id, name, until is null, gone from gold.snap order by id, since")
        );

        shop.Write(("snapshots/snap.sql", Snapshot("strategy='check', check_cols='all'")));
        Assert.False(await shop.TryPublishAsync());
        Assert.Contains(
            "a table without dbt_scd_id, dbt_valid_from, dbt_valid_to",
            string.Join("\n", shop.Observer.Diagnostics)
        );
    }

    [Fact]
    public async Task A_new_column_is_added_with_its_type_and_a_column_that_is_gone_stays()
    {
        await using var shop = await OpenAsync(
            "strategy='timestamp', updated_at='at', hard_deletes='new_record'",
            ("models/later.sql", "select 1 as n")
        );
        await shop.PublishAsync();
        await shop.ExecuteAsync(
            "alter table raw.zones add size numeric(5, 2); update raw.zones set size = 1.5, at = '2025-01-01' where id = 1; delete from raw.zones where id = 2"
        );
        shop.Write(
            (
                "snapshots/snap.sql",
                Snapshot("strategy='timestamp', updated_at='at', hard_deletes='new_record'", "id, at, size")
            ),
            (
                "models/later.sql",
                "{{ config(materialized='table') }} select count(size) as n, count(name) as names from {{ ref('snap') }}"
            )
        );

        await shop.PublishAsync();

        Assert.Equal(
            ["numeric(5,2)"],
            await shop.QueryAsync(
                "select format_type(atttypid, atttypmod) from pg_attribute where attrelid = 'gold.snap'::regclass and attname = 'size'"
            )
        );
        Assert.Equal(
            ["1|Soho|", "1||1.50"],
            await shop.QueryAsync("select id, name, size from gold.snap where id = 1 order by dbt_valid_from")
        );
        Assert.Equal(["1|2"], await shop.QueryAsync("select n, names from gold.later"));
    }

    [Fact]
    public async Task What_reads_the_snapshot_sees_it_as_it_will_be()
    {
        await using var shop = await OpenAsync(
            "strategy='check', check_cols=['name']",
            (
                "models/n.sql",
                "{{ config(materialized='table') }} select count(*) as n, count(*) filter (where dbt_valid_to is null) as live from {{ ref('snap') }}"
            )
        );
        await shop.PublishAsync();
        await shop.ExecuteAsync(
            "update raw.zones set name = 'SoHo' where id = 1; insert into raw.zones values (3, 'Harlem', now())"
        );

        await shop.PublishAsync();

        Assert.Equal(["4|3"], await shop.QueryAsync("select * from gold.n"));
        Assert.Equal(
            ["4|3"],
            await shop.QueryAsync("select count(*), count(*) filter (where dbt_valid_to is null) from gold.snap")
        );
    }

    [Fact]
    public async Task A_table_that_is_no_snapshot_is_not_touched()
    {
        await using var shop = await OpenAsync("strategy='check', check_cols='all'");
        await shop.ExecuteAsync("create schema gold; create table gold.snap (id int)");

        Assert.False(await shop.TryPublishAsync());

        Assert.Contains(
            "ASQL6009: gold.snap is a table without dbt_scd_id, dbt_valid_from, dbt_valid_to",
            Assert.Single(shop.Observer.Errors)
        );
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_check_column_that_the_query_does_not_have_is_refused_by_name(bool first)
    {
        await using var shop = await OpenAsync("strategy='check', check_cols=['name']");
        if (!first)
        {
            await shop.PublishAsync();
        }

        shop.Write(("snapshots/snap.sql", Snapshot("strategy='check', check_cols=['nmae']")));

        Assert.False(await shop.TryPublishAsync());

        Assert.Contains("did you mean 'name'?", Assert.Single(shop.Observer.Errors));
        if (!first)
        {
            Assert.Equal(["2"], await shop.QueryAsync("select count(*) from gold.snap"));
        }
    }
}
