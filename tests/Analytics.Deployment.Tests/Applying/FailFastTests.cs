using Analytics.Deployment.Tests.Support;
using Analytics.Testing;

namespace Analytics.Deployment.Tests.Applying;

public sealed class FailFastTests(PostgresFixture postgres)
{
    private static readonly (string, string)[] Files =
    [
        ("models/bad.sql", "{{ config(materialized='table') }} select 1 / (random() * 0)::int as v"),
        ("models/later.sql", "{{ config(materialized='table') }} select v from {{ ref('bad') }}"),
        ("models/slow.sql", "{{ config(materialized='table') }} select pg_sleep(120)::text as v"),
        ("models/waiting.sql", "{{ config(materialized='table') }} select v from {{ ref('slow') }}"),
    ];

    [Fact]
    public async Task The_first_red_node_cancels_what_runs_and_skips_the_rest()
    {
        await using var store = await Storefront.OpenAsync(postgres, Files);

        var report = await store.TryPublishAsync(change: request => request with { FailFast = true, Threads = 2 });

        Assert.False(report.Succeeded);
        Assert.Equal("bad:error later:skipped slow:skipped waiting:skipped", store.Statuses());
        Assert.Equal(
            ["Skipping due to fail_fast", "Skipping due to fail_fast"],
            report.Results.Where(result => result.Name is "dev.slow" or "dev.waiting").Select(result => result.Message)
        );
        Assert.Contains("ASQL6004", Assert.Single(store.Observer.Errors));
        Assert.Equal(
            ["0"],
            await store.QueryAsync(
                "select count(*) from pg_stat_activity where query like '%pg_sleep(120)%' and pid <> pg_backend_pid() and state = 'active'"
            )
        );
        Assert.Equal(["0"], await store.QueryAsync("select count(*) from pg_namespace where nspname like 'dev%'"));
    }

    [Fact]
    public async Task Without_it_what_does_not_depend_on_the_red_node_goes_on()
    {
        await using var store = await Storefront.OpenAsync(
            postgres,
            [.. Files, ("models/slow.sql", "{{ config(materialized='table') }} select 1 as v")]
        );

        var report = await store.TryPublishAsync(change: request => request with { Threads = 1 });

        Assert.Equal(
            ["built, but not published: the publish did not succeed"],
            report.Results.Where(result => result.Name is "dev.waiting").Select(result => result.Message)
        );
    }

    [Fact]
    public async Task A_test_that_does_not_pass_ends_it_too_and_one_that_warns_does_not()
    {
        await using var store = await Storefront.OpenAsync(
            postgres,
            ("models/a.sql", "{{ config(materialized='table') }} select 1 as v"),
            ("models/b.sql", "{{ config(materialized='table') }} select v from {{ ref('a') }}"),
            ("tests/warns.sql", "{{ config(severity='warn') }} select * from {{ ref('a') }}"),
            ("models/c.sql", "{{ config(materialized='table') }} select v from {{ ref('b') }}")
        );

        await store.PublishAsync(change: request => request with { FailFast = true });
        Assert.Equal("a:success b:success c:success warns:warn", store.Statuses());

        store.Write(("tests/stops.sql", "select * from {{ ref('b') }}"));
        await store.TryPublishAsync(change: request =>
            request with
            {
                FailFast = true,
                Selection = new() { Select = "b+" },
                Threads = 1,
            }
        );
        Assert.Equal("b:skipped c:skipped stops:fail", store.Statuses());
    }
}
