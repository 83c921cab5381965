using Analytics.Deployment.Tests.Support;
using Analytics.Testing;

namespace Analytics.Deployment.Tests.Applying;

/// <summary>dbt's <c>--empty</c> and <c>--sample</c>.</summary>
public sealed class InputRowsTests(PostgresFixture postgres)
{
    private static readonly (string, string)[] Files =
    [
        (
            "models/schema.yml",
            """
            sources:
              - name: raw
                schema: raw
                tables:
                  - name: events
                    config: {event_time: at}
                  - name: kinds
            models:
              - name: stg
                columns: [{name: id, data_tests: [unique]}]
            """
        ),
        (
            "models/stg.sql",
            "{{ config(materialized='table', event_time='at') }} select e.id, e.at, k.name from {{ source('raw', 'events') }} e "
                + "join {{ source('raw', 'kinds') }} k on k.id = 1"
        ),
        ("models/inline.sql", "{{ config(materialized='ephemeral') }} select * from {{ ref('stg') }}"),
        ("models/mart.sql", "select count(*) as n from {{ ref('inline') }}"),
        ("models/literal.sql", "select 1 as v, {{ flags.EMPTY }} as is_empty"),
        ("seeds/codes.csv", "code\nx\ny\n"),
        ("models/coded.sql", "{{ config(materialized='table') }} select code from {{ ref('codes') }}"),
    ];

    private const string Daily =
        "{{ config(materialized='incremental', incremental_strategy='microbatch', unique_key='id', event_time='at', "
        + "begin='2024-12-01', batch_size='day') }} select id, at, '{{ model.batch.id if model.batch }}' as batch from {{ source('raw', 'events') }}";

    [Fact]
    public async Task Empty_builds_everything_without_rows_and_loads_seeds()
    {
        await using var store = await OpenAsync();

        await store.PublishAsync(change: request => request with { Empty = true });

        Assert.Equal(["0"], await store.QueryAsync("select count(*) from dev.stg"));
        Assert.Equal(["0"], await store.QueryAsync("select count(*) from dev.coded"));
        Assert.Equal(["2"], await store.QueryAsync("select count(*) from dev.codes"));
        Assert.Equal(["1|True"], await store.QueryAsync("select * from dev.literal"));
        Assert.Equal(
            ["integer text"],
            await store.QueryAsync(
                "select string_agg(data_type, ' ' order by column_name) from information_schema.columns "
                    + "where table_schema = 'dev' and table_name = 'stg' and column_name <> 'at'"
            )
        );
    }

    [Fact]
    public async Task What_is_read_stands_as_dbt_writes_it()
    {
        await using var store = await OpenAsync();

        var report = await store.PublishAsync(change: request => request with { Empty = true });

        string Sql(string name) => report.Results.Single(result => result.Name == name).CompiledSql!;
        var database = store.Database.Name;
        Assert.Contains(
            $"from (select * from \"{database}\".\"raw\".\"events\" where false limit 0)  e join ",
            Sql("dev.stg")
        );
        Assert.Contains(
            "from (select * from __dbt__cte__inline where false limit 0) _dbt_limit_subq___dbt__cte__inline",
            Sql("dev.mart")
        );
        Assert.Contains(
            $"(select * from \"{database}\".\"dev\".\"stg\" where false limit 0) _dbt_limit_subq_stg",
            Sql("unique_stg_id")
        );
    }

    [Fact]
    public async Task The_next_publish_without_it_makes_everything_whole_again()
    {
        await using var store = await OpenAsync();
        await store.PublishAsync(change: request => request with { Empty = true });

        await store.PublishAsync();

        Assert.Equal(["3"], await store.QueryAsync("select count(*) from dev.stg"));
        Assert.Equal(["3"], await store.QueryAsync("select n from dev.mart"));
        Assert.Equal(
            "coded:success codes:reused literal:success mart:success stg:success unique_stg_id:pass",
            store.Statuses()
        );
    }

    [Theory]
    [InlineData("{start: 2025-01-02, end: 2025-01-03}", "2")]
    [InlineData("{\"start\": \"2025-01-01 12:00:00\", \"end\": \"2025-01-02 05:30:00+03:00\"}", "2")]
    [InlineData("100 years", "1 2 3")]
    [InlineData("1 hour", "")]
    public async Task A_sample_takes_the_rows_of_its_time(string sample, string expected)
    {
        await using var store = await OpenAsync();

        await store.PublishAsync(change: request => request with { Sample = sample });

        Assert.Equal(
            [expected],
            await store.QueryAsync("select coalesce(string_agg(id::text, ' ' order by id), '') from dev.stg")
        );
    }

    [Fact]
    public async Task A_sample_filters_what_has_an_event_time_and_no_tests()
    {
        await using var store = await OpenAsync();

        var report = await store.PublishAsync(change: request =>
            request with
            {
                Sample = "{start: 2025-01-02, end: 2025-01-03}",
            }
        );

        string Sql(string name) => report.Results.Single(result => result.Name == name).CompiledSql!;
        var database = store.Database.Name;
        Assert.Contains(
            $"(select * from \"{database}\".\"raw\".\"events\" where at >= '2025-01-02 00:00:00+00:00' and at < '2025-01-03 00:00:00+00:00')  e join ",
            Sql("dev.stg")
        );
        Assert.Contains($"join \"{database}\".\"raw\".\"kinds\" k", Sql("dev.stg"));
        Assert.DoesNotContain("_dbt_et_filter", Sql("unique_stg_id"));
    }

    [Fact]
    public async Task Batches_of_a_sample_are_those_of_its_time()
    {
        await using var store = await OpenAsync();
        store.Write(("models/daily.sql", Daily));

        await store.PublishAsync(change: request =>
            request with
            {
                Sample = "{start: 2025-01-01 12:00:00, end: 2025-01-02 12:00:00}",
            }
        );

        Assert.Equal(["2|20250102"], await store.QueryAsync("select id, batch from dev.daily"));
    }

    [Fact]
    public async Task Event_times_say_which_whole_batches_are_done_and_other_models_read_all_rows()
    {
        await using var store = await OpenAsync();
        store.Write(("models/daily.sql", Daily));

        await store.PublishAsync(change: request =>
            request with
            {
                EventTimeStart = "2025-01-02 12:00:00",
                EventTimeEnd = "2025-01-03",
            }
        );

        Assert.Equal(["2|20250102"], await store.QueryAsync("select id, batch from dev.daily"));
        Assert.Equal(["3"], await store.QueryAsync("select count(*) from dev.stg"));

        await store.PublishAsync(change: request =>
            request with
            {
                EventTimeStart = "2025-01-01",
                EventTimeEnd = "2025-01-01T00:00:01",
            }
        );

        Assert.Equal(
            ["1|20250101", "2|20250102"],
            await store.QueryAsync("select id, batch from dev.daily order by id")
        );
    }

    [Theory]
    [InlineData("2025-01-01", "", "the property EventTimeStart needs EventTimeEnd beside it")]
    [InlineData("", "2025-01-01", "the property EventTimeEnd needs EventTimeStart beside it")]
    [InlineData("2025-01-01", "2025-01-01", "EventTimeStart '2025-01-01' must be before EventTimeEnd '2025-01-01'")]
    [InlineData("today", "2025-01-01", "the property EventTimeStart must be a time such as")]
    [InlineData("2025-01-01", "2025-13-01", "not '2025-13-01'")]
    public async Task Event_times_that_make_no_sense_are_an_error(string start, string end, string message)
    {
        await using var store = await Storefront.OpenAsync(postgres, ("models/a.sql", "select 1 as v"));

        await store.TryPublishAsync(change: request => request with { EventTimeStart = start, EventTimeEnd = end });

        var error = Assert.Single(store.Observer.Errors);
        Assert.Contains("ASQL0027", error);
        Assert.Contains(message, error);
    }

    [Theory]
    [InlineData("3", "expected '3 days'")]
    [InlineData("3 weeks", "'weeks' is not hours, days, months or years")]
    [InlineData("-1 days", "expected '3 days'")]
    [InlineData("999999 years", "it begins before the calendar does")]
    [InlineData("{start: 2025-01-01}", "expected '3 days'")]
    [InlineData("{start: 2025-01-01, end: tomorrow}", "'tomorrow' is no time")]
    [InlineData("{start: 2025-01-02, end: 2025-01-01}", "it ends before it begins")]
    [InlineData("{start: ", "the property Sample cannot be")]
    public async Task A_sample_that_makes_no_sense_is_an_error(string sample, string message)
    {
        await using var store = await Storefront.OpenAsync(postgres, ("models/a.sql", "select 1 as v"));

        await store.TryPublishAsync(change: request => request with { Sample = sample });

        var error = Assert.Single(store.Observer.Errors);
        Assert.Contains("ASQL0027", error);
        Assert.Contains(message, error);
    }

    private async Task<Storefront> OpenAsync()
    {
        var store = await Storefront.OpenAsync(postgres, Files);
        await store.ExecuteAsync(
            "create schema raw; create table raw.events as select * from (values (1, '2025-01-01 01:00+00'::timestamptz), "
                + "(2, '2025-01-02 02:00+00'), (3, '2025-01-03 00:00+00')) v(id, at); "
                + "create table raw.kinds as select 1 as id, 'one' as name"
        );
        return store;
    }
}
