using Analytics.Deployment.Tests.Support;
using Analytics.Testing;

namespace Analytics.Deployment.Tests;

public sealed class RetryTests(PostgresFixture postgres)
{
    private static readonly (string, string)[] Files =
    [
        (
            "models/schema.yml",
            """
            models:
              - name: a
                columns: [{name: v, data_tests: [not_null]}]
              - name: apart
                columns: [{name: v, data_tests: [not_null]}]
            """
        ),
        ("models/a.sql", "{{ config(materialized='table') }} select 1 as v"),
        ("models/inline.sql", "{{ config(materialized='ephemeral') }} select v from {{ ref('a') }}"),
        ("models/b.sql", "{{ config(materialized='table') }} select 1 / v as v from {{ ref('inline') }}"),
        ("models/c.sql", "{{ config(materialized='table') }} select v from {{ ref('b') }}"),
        ("models/apart.sql", "{{ config(materialized='table') }} select 2 as v"),
        ("tests/inlined.sql", "select * from {{ ref('inline') }} where v is null"),
    ];

    private static readonly (string, string) Broken = (
        "models/b.sql",
        "{{ config(materialized='table') }} select 1 / (v - v) as v from {{ ref('inline') }}"
    );

    private static PublishRequest Retry(PublishRequest request) => request with { Retry = true };

    [Fact]
    public async Task After_a_red_publish_all_that_was_taken_back_is_built_again_and_its_tests_run()
    {
        await using var store = await Storefront.OpenAsync(postgres, [.. Files, Broken]);
        await store.TryPublishAsync(change: request => request with { FullRefresh = true });
        Assert.Equal(
            "a:skipped apart:skipped b:error c:skipped inlined:pass not_null_a_v:pass not_null_apart_v:pass",
            store.Statuses()
        );

        store.Write(Files);
        await store.PublishAsync(change: Retry);

        Assert.Equal(
            "a:success apart:success b:success c:success inlined:pass not_null_a_v:pass not_null_apart_v:pass",
            store.Statuses()
        );
        Assert.Contains(
            "\"full_refresh\": true",
            File.ReadAllText(Path.Combine(store.PathOf("dev"), "run_results.json"))
        );
        Assert.Equal(["1|2"], await store.QueryAsync("select c.v, apart.v from dev.c, dev.apart"));
    }

    [Fact]
    public async Task What_was_not_selected_is_not_retried()
    {
        await using var store = await Storefront.OpenAsync(postgres, [.. Files, Broken]);
        await store.TryPublishAsync(change: request => request with { Selection = new() { Select = "a+" } });

        store.Write(Files);
        await store.PublishAsync(change: Retry);

        Assert.Equal("a:success b:success c:success inlined:pass not_null_a_v:pass", store.Statuses());
    }

    [Fact]
    public async Task Where_each_node_became_visible_only_what_failed_and_what_was_below_is_retried()
    {
        await using var store = await Storefront.OpenAsync(postgres, [.. Files, Broken]);
        await store.TryPublishAsync(change: request => request with { CutOver = CutOverMode.Node });

        store.Write(Files);
        await store.PublishAsync(change: Retry);

        Assert.Equal("b:success c:success", store.Statuses());
        Assert.Contains(
            "\"cut_over\": \"node\"",
            File.ReadAllText(Path.Combine(store.PathOf("dev"), "run_results.json"))
        );
    }

    [Fact]
    public async Task What_a_cancelled_publish_did_not_come_to_is_retried()
    {
        await using var store = await Storefront.OpenAsync(
            postgres,
            ("models/a.sql", "{{ config(materialized='table') }} select pg_sleep(60)::text as v"),
            ("models/b.sql", "{{ config(materialized='table') }} select v from {{ ref('a') }}")
        );
        using var cancellation = new CancellationTokenSource();
        var observer = new RecordingObserver
        {
            OnStarted = _ => cancellation.CancelAfter(TimeSpan.FromMilliseconds(300)),
        };
        await store.TryPublishAsync(cancellation: cancellation.Token, observer: observer);
        Assert.Equal("a:skipped b:skipped", store.Statuses());

        store.Write(("models/a.sql", "{{ config(materialized='table') }} select 1 as v"));
        await store.PublishAsync(change: Retry);

        Assert.Equal("a:success b:success", store.Statuses());
    }

    [Fact]
    public async Task When_all_succeeded_there_is_nothing_to_do_and_the_results_stay()
    {
        await using var store = await Storefront.OpenAsync(postgres, ("models/a.sql", "select 1 as v"));
        await store.PublishAsync();

        await store.PublishAsync(change: Retry);

        Assert.Contains("nothing to retry: all of the last publish succeeded", store.Observer.Messages);
        Assert.Equal("a:success", store.Statuses());
    }

    [Fact]
    public async Task A_publish_that_never_began_leaves_the_results_to_retry()
    {
        await using var store = await Storefront.OpenAsync(postgres, [.. Files, Broken]);
        await store.TryPublishAsync();
        await store.TryPublishAsync(change: request => request with { Selection = new() { Select = "tag:" } });

        store.Write(Files);
        await store.PublishAsync(change: Retry);

        Assert.Contains("b:success", store.Statuses());
    }

    [Fact]
    public async Task Without_earlier_results_or_with_those_of_another_target_there_is_no_retry()
    {
        await using var store = await Storefront.OpenAsync(postgres, [.. Files, Broken]);
        await store.TryPublishAsync(change: Retry);
        Assert.Contains(
            "error ASQL6017: there is no publish to retry: there is no run_results.json in ",
            Assert.Single(store.Observer.Errors)
        );

        await store.TryPublishAsync();
        await store.TryPublishAsync(
            "prod",
            request => request with { Retry = true, ReportDirectory = store.PathOf("dev") }
        );
        Assert.Contains("the last publish was to target 'dev', not 'prod'", Assert.Single(store.Observer.Errors));

        File.WriteAllText(Path.Combine(store.PathOf("dev"), "run_results.json"), "{");
        await store.TryPublishAsync(change: Retry);
        Assert.Contains("run_results.json' cannot be read", Assert.Single(store.Observer.Errors));
    }

    [Fact]
    public async Task A_retry_goes_with_no_selection()
    {
        await using var store = await Storefront.OpenAsync(postgres, [.. Files, Broken]);
        await store.TryPublishAsync();

        await store.TryPublishAsync(change: request => Retry(request) with { Selection = new() { Select = "a" } });

        Assert.Contains("ASQL3017", Assert.Single(store.Observer.Errors));
    }

    [Fact]
    public async Task The_target_of_the_last_publish_is_retried_where_none_is_named()
    {
        await using var store = await Storefront.OpenAsync(postgres, [.. Files, Broken]);
        await store.TryPublishAsync("prod");

        store.Write(Files);
        var report = await store.PublishAsync("prod", request => Retry(request) with { TargetName = null });

        Assert.Equal("prod", report.Target);
        Assert.Equal(["1"], await store.QueryAsync("select v from prod.c"));
    }
}
