using Analytics.Deployment.Tests.Support;
using Analytics.Testing;

namespace Analytics.Deployment.Tests.Applying;

public sealed class NodeCutOverTests(PostgresFixture postgres)
{
    private static readonly (string, string)[] Project =
    [
        ("seeds/codes.csv", "code\n1\n"),
        (
            "models/base.sql",
            "{{ config(materialized='table', post_hook='comment on table {{ this }} is $$hooked$$') }} select code as v from {{ ref('codes') }}"
        ),
        ("models/shown.sql", "select v from {{ ref('base') }}"),
        (
            "models/grows.sql",
            "{{ config(materialized='incremental', unique_key='v') }} select v from {{ ref('shown') }}"
        ),
        (
            "models/kept.sql",
            "{{ config(materialized='materialized_view') }} select count(*) as n from {{ ref('grows') }}"
        ),
        (
            "snapshots/hist.sql",
            "{% snapshot hist %}{{ config(unique_key='v', strategy='check', check_cols='all') }} select v from {{ ref('base') }}{% endsnapshot %}"
        ),
        ("models/other.sql", "select 5 as five"),
        ("tests/small.sql", "{{ config(store_failures_as='view') }} select * from {{ ref('shown') }} where v > 1"),
    ];

    [Fact]
    public async Task Every_kind_of_node_becomes_visible_and_nothing_is_left_behind()
    {
        await using var shop = await OpenAsync();

        await shop.PublishAsync();
        shop.Write(("seeds/codes.csv", "code\n0\n1\n"));
        await shop.PublishAsync();

        Assert.Equal(["2"], await shop.QueryAsync("select count(*)::text from gold.base"));
        Assert.Equal(["2"], await shop.QueryAsync("select count(*)::text from gold.shown"));
        Assert.Equal(["0", "1"], await shop.QueryAsync("select v::text from gold.grows order by 1"));
        Assert.Equal(["2"], await shop.QueryAsync("select n::text from gold.kept"));
        Assert.Equal(["0", "1"], await shop.QueryAsync("select v::text from gold.hist order by 1"));
        Assert.Equal(["hooked"], await shop.QueryAsync("select obj_description('gold.base'::regclass, 'pg_class')"));
        Assert.Empty(await shop.StagingSchemasAsync());
    }

    [Fact]
    public async Task What_is_red_takes_nothing_back_and_stops_what_is_below_it()
    {
        await using var shop = await OpenAsync();
        await shop.PublishAsync();
        shop.Write(("seeds/codes.csv", "code\n1\n7\n"), ("models/other.sql", "select 6 as five"));

        Assert.False(await shop.TryPublishAsync());

        Assert.Equal("Success", shop.Observer.StatusOf("gold.base"));
        Assert.Equal("Success", shop.Observer.StatusOf("gold.shown"));
        Assert.Equal("Success", shop.Observer.StatusOf("gold.other"));
        Assert.Equal("Fail", shop.Observer.StatusOf("small"));
        Assert.Equal("Skipped", shop.Observer.StatusOf("gold.grows"));
        Assert.Equal(["1", "7"], await shop.QueryAsync("select v::text from gold.shown order by 1"));
        Assert.Equal(["6"], await shop.QueryAsync("select five::text from gold.other"));
        Assert.Equal(["1"], await shop.QueryAsync("select v::text from gold.grows order by 1"));
        Assert.Empty(await shop.StagingSchemasAsync());
    }

    [Fact]
    public async Task A_view_that_no_longer_fits_waits_for_its_own_turn_and_others_stop_the_node()
    {
        await using var shop = await OpenAsync();
        await shop.PublishAsync();
        shop.Write(
            ("models/base.sql", "{{ config(materialized='table') }} select code as w from {{ ref('codes') }}"),
            ("models/shown.sql", "select w as v from {{ ref('base') }}"),
            (
                "snapshots/hist.sql",
                "{% snapshot hist %}{{ config(unique_key='v', strategy='check', check_cols='all') }} select w as v from {{ ref('base') }}{% endsnapshot %}"
            )
        );
        await shop.PublishAsync();
        Assert.Equal(["1"], await shop.QueryAsync("select v::text from gold.shown"));

        await shop.ExecuteAsync("create schema bi; create view bi.report as select w from gold.base");
        shop.Write(("models/base.sql", "{{ config(materialized='table') }} select code as x from {{ ref('codes') }}"));

        Assert.False(await shop.TryPublishAsync("base"));
        Assert.Contains("bi.report", Assert.Single(shop.Observer.Errors));
        Assert.Equal(["1"], await shop.QueryAsync("select w::text from bi.report"));
    }

    [Fact]
    public async Task A_mistake_in_a_view_is_told_where_its_author_wrote_it()
    {
        await using var shop = await OpenAsync();
        await shop.PublishAsync();
        shop.Write(("models/other.sql", "select five\nfrom nowhere"), ("seeds/codes.csv", "code\n0\n1\n"));

        Assert.False(await shop.TryPublishAsync());

        var found = Assert.Single(shop.Observer.Diagnostics);
        Assert.Equal(2, found.Span!.Value.StartPosition.Line);
        Assert.Equal("Error", shop.Observer.StatusOf("gold.other"));
        Assert.Equal(["2"], await shop.QueryAsync("select count(*)::text from gold.grows"));
    }

    [Fact]
    public async Task Many_nodes_cut_over_at_once_beside_readers()
    {
        var project = Enumerable
            .Range(0, 30)
            .Select(i =>
                (
                    $"models/m{i}.sql",
                    i % 3 == 0
                        ? "{{ config(materialized='table') }} select 1 as v"
                        : $"select v from {{{{ ref('m{i - 1}') }}}}"
                )
            )
            .ToArray();
        await using var shop = await Workshop.OpenAsync(postgres, project);
        shop.Mode = CutOverMode.Node;
        shop.Force = true;

        await shop.PublishAsync(workers: 4);
        await shop.PublishAsync(workers: 4);

        Assert.Equal(
            ["10"],
            await shop.QueryAsync(
                "select sum(v)::text from (select v from gold.m2 "
                    + string.Concat(Enumerable.Range(1, 9).Select(i => $" union all select v from gold.m{3 * i + 2}"))
                    + ") t"
            )
        );
    }

    private async Task<Workshop> OpenAsync()
    {
        var shop = await Workshop.OpenAsync(postgres, Project);
        shop.Mode = CutOverMode.Node;
        return shop;
    }
}
