using Analytics.Deployment.Tests.Support;
using Analytics.Testing;

namespace Analytics.Deployment.Tests;

/// <summary>What a publish made and the project has no more is dropped, and never anything else.</summary>
public sealed class PruneTests(PostgresFixture postgres)
{
    private static readonly (string, string)[] Files =
    [
        ("models/kept.sql", "{{ config(materialized='table') }} select 1 as v"),
        ("models/base.sql", "{{ config(materialized='table') }} select 1 as v"),
        ("models/reader.sql", "select v from {{ ref('base') }}"),
        ("models/stored.sql", "{{ config(materialized='materialized_view') }} select v from {{ ref('reader') }}"),
        ("models/top.sql", "select v from {{ ref('stored') }}"),
        ("seeds/codes.csv", "code\nx\n"),
    ];

    private static readonly string[] Gone =
    [
        "models/base.sql",
        "models/reader.sql",
        "models/stored.sql",
        "models/top.sql",
        "seeds/codes.csv",
    ];

    private static PublishRequest Prune(PublishRequest request) => request with { Prune = true };

    [Theory]
    [InlineData(CutOverMode.Publish)]
    [InlineData(CutOverMode.Node)]
    public async Task What_the_project_has_no_more_is_dropped_and_told(CutOverMode mode)
    {
        await using var store = await Storefront.OpenAsync(postgres, Files);
        await store.PublishAsync();
        await store.ExecuteAsync("create table dev.mine (v int); create view dev.my_view as select * from dev.kept");
        store.Remove(Gone);

        await store.PublishAsync(change: request => Prune(request) with { CutOver = mode });

        Assert.Equal(["kept", "mine", "my_view"], await RelationsAsync(store));
        Assert.Contains("pruning table dev.base: the project does not have it any more", store.Observer.Messages);
        Assert.Equal(5, store.Observer.Messages.Count(line => line.StartsWith("pruning ", StringComparison.Ordinal)));
        Assert.Equal(["kept"], await store.QueryAsync("select relation_name from dev__state.objects"));
    }

    [Fact]
    public async Task A_function_is_dropped_unless_somebody_calls_it()
    {
        await using var store = await Storefront.OpenAsync(
            postgres,
            ("models/kept.sql", "select 1 as v"),
            ("models/caller.sql", "select {{ function('one') }}() as v"),
            ("functions/one.sql", "select 1"),
            ("functions/f.yml", "functions: [{name: one, returns: {data_type: integer}}]")
        );
        await store.PublishAsync();
        store.Remove("models/caller.sql", "functions/one.sql", "functions/f.yml");
        await store.ExecuteAsync(
            "create view dev.mine as select dev.one() as v; create function dev.other() returns int language sql as 'select 1'"
        );

        Assert.False((await store.TryPublishAsync(change: Prune)).Succeeded);
        Assert.Contains(store.Observer.Errors, text => text.Contains("view dev.mine", StringComparison.Ordinal));

        await store.ExecuteAsync("drop view dev.mine");
        await store.PublishAsync(change: Prune);

        Assert.Equal(
            ["dev.other()"],
            await store.QueryAsync(
                "select p.oid::regprocedure::text from pg_proc p where p.pronamespace = 'dev'::regnamespace"
            )
        );
        Assert.Equal(["0"], await store.QueryAsync("select count(*) from dev__state.functions"));
    }

    [Fact]
    public async Task A_plan_says_what_becomes_of_functions_and_who_makes_what()
    {
        await using var store = await Storefront.OpenAsync(
            postgres,
            ("functions/old.sql", "select 1"),
            ("functions/kept.sql", "select 1"),
            (
                "functions/f.yml",
                "functions: [{name: old, returns: {data_type: int}}, {name: kept, returns: {data_type: int}}]"
            )
        );
        await store.PublishAsync();
        store.Remove("functions/old.sql");
        store.Write(
            ("functions/kept.sql", "select 2"),
            ("functions/fresh.sql", "select 3"),
            (
                "functions/f.yml",
                "functions: [{name: fresh, returns: {data_type: int}}, {name: kept, returns: {data_type: int}}]"
            ),
            (
                "macros/m.sql",
                "{% materialization own, default %}{{ return({'relations': [this]}) }}{% endmaterialization %}"
            ),
            ("models/made.sql", "{{ config(materialized='own') }} select 1 as v")
        );

        var report = await store.PublishAsync(change: request => Prune(request) with { WhatIf = true });

        Assert.Contains("create function dev.fresh\n", report.Plan, StringComparison.Ordinal);
        Assert.Contains("replace function dev.kept\n", report.Plan, StringComparison.Ordinal);
        Assert.Contains("drop function dev.old(): the project does not have it", report.Plan, StringComparison.Ordinal);
        Assert.Contains("make dev__next.made by the macro", report.Plan, StringComparison.Ordinal);
        Assert.Equal(
            ["dev.kept()", "dev.old()"],
            await store.QueryAsync(
                "select p.oid::regprocedure::text from pg_proc p where p.pronamespace = 'dev'::regnamespace order by 1"
            )
        );
    }

    [Fact]
    public async Task Without_asking_nothing_is_dropped()
    {
        await using var store = await Storefront.OpenAsync(postgres, Files);
        await store.PublishAsync();
        store.Remove(Gone);

        await store.PublishAsync();

        Assert.Equal(["base", "codes", "kept", "reader", "stored", "top"], await RelationsAsync(store));
    }

    [Fact]
    public async Task A_dry_run_says_what_would_be_dropped_and_drops_nothing()
    {
        await using var store = await Storefront.OpenAsync(postgres, Files);
        await store.PublishAsync();
        store.Remove(Gone);

        var report = await store.PublishAsync(change: request => Prune(request) with { WhatIf = true });

        Assert.Contains("drop table dev.base: the project does not have it any more (destructive)", report.Plan);
        Assert.Equal(["base", "codes", "kept", "reader", "stored", "top"], await RelationsAsync(store));
    }

    [Fact]
    public async Task A_red_publish_drops_nothing()
    {
        await using var store = await Storefront.OpenAsync(postgres, Files);
        await store.PublishAsync();
        store.Remove(Gone);
        store.Write(("tests/red.sql", "select * from {{ ref('kept') }}"));

        await store.TryPublishAsync(change: Prune);

        Assert.Equal(["base", "codes", "kept", "reader", "stored", "top"], await RelationsAsync(store));
    }

    [Fact]
    public async Task What_somebody_put_in_its_place_stays()
    {
        await using var store = await Storefront.OpenAsync(postgres, Files);
        await store.PublishAsync();
        await store.ExecuteAsync("drop table dev.codes; create table dev.codes (precious text)");
        store.Remove("seeds/codes.csv");

        await store.PublishAsync(change: Prune);

        Assert.Contains("codes", await RelationsAsync(store));
        Assert.Contains("dev.codes is left alone: it is not the object that a publish made", store.Observer.Messages);
    }

    [Fact]
    public async Task Comments_and_privileges_do_not_make_it_another_object()
    {
        await using var store = await Storefront.OpenAsync(postgres, Files);
        await store.PublishAsync();
        await store.ExecuteAsync(
            "comment on table dev.codes is 'ours'; grant select on dev.codes to public; insert into dev.codes values ('y')"
        );
        store.Remove("seeds/codes.csv");

        await store.PublishAsync(change: Prune);

        Assert.DoesNotContain("codes", await RelationsAsync(store));
    }

    [Theory]
    [InlineData("create view dev.outside as select code from dev.codes", "view dev.outside depends on it")]
    [InlineData(
        "create table dev.outside (code text); create unique index on dev.codes (code); "
            + "alter table dev.outside add foreign key (code) references dev.codes (code)",
        "outside"
    )]
    public async Task What_others_built_on_it_stops_the_publish_and_is_named(string statement, string named)
    {
        await using var store = await Storefront.OpenAsync(postgres, Files);
        await store.PublishAsync();
        await store.ExecuteAsync(statement);
        store.Remove("seeds/codes.csv");
        store.Write(("models/kept.sql", "{{ config(materialized='table') }} select 2 as v"));

        await store.TryPublishAsync(change: Prune);

        var error = Assert.Single(store.Observer.Errors);
        Assert.Contains("error ASQL6019: dev.codes is not in the project any more and cannot be dropped: ", error);
        Assert.Contains(named, error);
        Assert.Equal(["1"], await store.QueryAsync("select v from dev.kept"));
        Assert.Contains("codes", await RelationsAsync(store));
    }

    [Fact]
    public async Task A_model_that_reads_it_no_more_is_no_reason_to_keep_it()
    {
        await using var store = await Storefront.OpenAsync(postgres, Files);
        await store.PublishAsync();
        store.Write(("models/reader.sql", "select v from {{ ref('kept') }}"));
        store.Remove("models/base.sql");

        await store.PublishAsync(change: Prune);

        Assert.Equal(["codes", "kept", "reader", "stored", "top"], await RelationsAsync(store));
    }

    [Fact]
    public async Task A_project_that_shares_the_schema_keeps_its_own()
    {
        await using var store = await Storefront.OpenAsync(postgres, Files);
        await store.PublishAsync();
        store.Remove([.. Gone, "models/kept.sql"]);
        store.Write(
            ("dbt_project.yml", "name: other\nversion: '1.0'\nprofile: shop\n"),
            ("models/theirs.sql", "select 1 as v")
        );

        await store.PublishAsync(change: Prune);

        Assert.Equal(["base", "codes", "kept", "reader", "stored", "theirs", "top"], await RelationsAsync(store));
    }

    private static Task<IReadOnlyList<string>> RelationsAsync(Storefront store) =>
        store.QueryAsync(
            "select relname from pg_class where relnamespace = 'dev'::regnamespace and relkind in ('r', 'v', 'm') order by 1"
        );
}
