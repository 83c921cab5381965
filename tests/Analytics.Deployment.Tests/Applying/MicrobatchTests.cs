using Analytics.Deployment.Tests.Support;
using Analytics.Testing;

namespace Analytics.Deployment.Tests.Applying;

public sealed class MicrobatchTests(PostgresFixture postgres)
{
    private const string Sources = """
        sources:
          - name: raw
            schema: raw
            tables:
              - name: events
                config: {event_time: at}
              - name: names
        """;

    private const string Config =
        "{{ config(materialized='incremental', incremental_strategy='microbatch', unique_key='id', event_time='at', batch_size='day', begin=modules.datetime.datetime(2025, 3, 1)) }}";

    private const string Model =
        Config
        + " select e.id, n.name, e.at, '{{ model.batch.id }}' as batch, {{ is_incremental() }} as again from (select * from {{ source('raw', 'events') }}) e join {{ source('raw', 'names') }} n using (id)";

    private async Task<Workshop> OpenAsync(string model, params (string, string)[] more)
    {
        var shop = await Workshop.OpenAsync(
            postgres,
            [
                ("models/sources.yml", Sources),
                ("models/inc.sql", model),
                ("models/copy.sql", "{{ config(materialized='table') }} select * from {{ ref('inc') }}"),
                .. more,
            ]
        );
        await shop.ExecuteAsync(
            """
            create schema raw;
            create table raw.events (id int, at timestamp);
            insert into raw.events values (1, '2025-02-28 10:00'), (2, '2025-03-01 10:00'), (3, '2025-03-03 00:00'), (3, '2025-03-04 01:00');
            create table raw.names as select id, 'n' || id as name from generate_series(1, 9) id;
            """
        );
        return shop;
    }

    private static async Task<IReadOnlyList<string>> RowsAsync(Workshop shop)
    {
        const string Query = "select id, name, to_char(at, 'DD HH24:MI'), batch, again from gold.{0} order by 1, 3";
        var rows = await shop.QueryAsync(Query.Replace("{0}", "inc", StringComparison.Ordinal));
        Assert.Equal(rows, await shop.QueryAsync(Query.Replace("{0}", "copy", StringComparison.Ordinal)));
        return rows;
    }

    [Fact]
    public async Task Batches_from_the_begin_fill_a_new_table_and_a_key_that_comes_again_is_updated()
    {
        await using var shop = await OpenAsync(Model);

        await shop.PublishAsync();

        Assert.Equal(["2|n2|01 10:00|20250301|False", "3|n3|04 01:00|20250304|True"], await RowsAsync(shop));
    }

    [Fact]
    public async Task Later_only_the_last_batches_are_merged_into_the_table()
    {
        await using var shop = await OpenAsync(Model);
        await shop.PublishAsync();
        var oid = await shop.QueryAsync("select 'gold.inc'::regclass::oid");
        await shop.ExecuteAsync(
            "insert into raw.events values (4, '2025-03-01 11:00'), (2, '2025-03-04 02:00'), (2, '2025-03-05 00:00'), (5, '2025-03-05 02:00'), (6, '2025-03-06 00:00')"
        );
        shop.Now = shop.Now.AddDays(1);

        await shop.PublishAsync();

        // Row 4 came too late for its day, and day 6 is yet to come.
        Assert.Equal(
            ["2|n2|05 00:00|20250305|True", "3|n3|04 01:00|20250304|True", "5|n5|05 02:00|20250305|True"],
            await RowsAsync(shop)
        );
        Assert.Equal(oid, await shop.QueryAsync("select 'gold.inc'::regclass::oid"));

        await shop.PublishAsync(fullRefresh: true);

        Assert.Equal(["2", "3", "4", "5"], (await RowsAsync(shop)).Select(row => row.Split('|')[0]));
    }

    [Fact]
    public async Task A_model_with_an_event_time_is_filtered_too_unless_it_is_rendered_and_hooks_run_once()
    {
        await using var shop = await OpenAsync(
            Config.Replace(
                ") }}",
                ", lookback=0, post_hook='insert into raw.log values (1)', pre_hook='create table if not exists raw.log (n int)') }}",
                StringComparison.Ordinal
            ) + " select id, at, (select count(*) from {{ ref('e').render() }}) as n from {{ ref('e') }}",
            (
                "models/e.sql",
                "{{ config(materialized='ephemeral', event_time='at') }} select * from {{ source('raw', 'events') }}"
            )
        );

        await shop.PublishAsync();

        Assert.Equal(["2|4", "3|4"], await shop.QueryAsync("select id, n from gold.inc order by id"));
        Assert.Equal(["1"], await shop.QueryAsync("select count(*) from raw.log"));
    }

    [Fact]
    public async Task A_batch_that_fails_is_told_at_its_place_and_nothing_is_published()
    {
        await using var shop = await OpenAsync(
            Config + " select id, at, 1 / (id - 3) as x from {{ source('raw', 'events') }}"
        );

        Assert.False(await shop.TryPublishAsync());

        Assert.Contains("division by zero", Assert.Single(shop.Observer.Errors));
        Assert.Empty(await shop.StagingSchemasAsync());
    }
}
