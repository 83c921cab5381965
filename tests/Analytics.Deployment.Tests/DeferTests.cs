using Analytics.Deployment.Tests.Support;
using Analytics.Testing;

namespace Analytics.Deployment.Tests;

/// <summary>What is not selected is read from another target: dbt's <c>--defer</c>, with a saved manifest and without one.</summary>
public sealed class DeferTests(PostgresFixture postgres)
{
    private const string Changed = "{{ config(materialized='table') }} select id * 10 as id from {{ ref('inline') }}";

    private static readonly (string, string)[] Files =
    [
        (
            "models/schema.yml",
            "models:\n  - name: mart\n    columns: [{name: id, data_tests: [{relationships: {arguments: {to: ref('big'), field: ten}}}]}]\n"
        ),
        ("seeds/codes.csv", "id\n1\n2\n"),
        (
            "models/big.sql",
            "{{ config(materialized='table') }} select id, id * 10 as ten, '{{ target.name }}' as made_in from {{ ref('codes') }}"
        ),
        ("models/inline.sql", "{{ config(materialized='ephemeral') }} select id from {{ ref('big') }}"),
        ("models/mart.sql", "{{ config(materialized='table') }} select id from {{ ref('inline') }}"),
        (
            "models/report.sql",
            "select m.id, b.made_in from {{ ref('mart') }} m join {{ ref('big') }} b on b.ten = m.id"
        ),
    ];

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task What_changed_is_built_and_the_rest_is_read_from_production(bool keptByTarget)
    {
        await using var store = await Storefront.OpenAsync(postgres, Files);
        await store.TryPublishAsync(
            "prod",
            request => request with { Selection = new() { ExcludeResourceTypes = "test" } }
        );
        store.Write(("models/mart.sql", Changed));

        await store.PublishAsync(change: request =>
            request with
            {
                Defer = true,
                Selection = new()
                {
                    Select = "state:modified+",
                    StatePath = keptByTarget ? null : store.PathOf("prod"),
                    StateTarget = keptByTarget ? "prod" : null,
                },
            }
        );

        Assert.Equal("mart:success relationships_mart_id__ten__ref_big_:pass report:success", store.Statuses());
        Assert.Equal(["10|prod", "20|prod"], await store.QueryAsync("select * from dev.report order by 1"));
        Assert.Equal(
            ["mart", "report"],
            await store.QueryAsync(
                "select relname from pg_class where relnamespace = 'dev'::regnamespace and relkind in ('r', 'v') order by 1"
            )
        );
    }

    [Theory]
    [InlineData(false, "prod")]
    [InlineData(true, "dev")]
    public async Task A_function_that_is_not_selected_is_called_in_production_unless_it_is_here(
        bool here,
        string called
    )
    {
        await using var store = await Storefront.OpenAsync(
            postgres,
            ("functions/place.sql", "select '{{ target.name }}'"),
            ("functions/f.yml", "functions: [{name: place, returns: {data_type: text}}]"),
            ("models/mart.sql", "{{ config(materialized='table') }} select {{ function('place') }}() as v")
        );
        await store.PublishAsync("prod");
        if (here)
        {
            await store.PublishAsync(change: request => request with { Selection = new() { Select = "place" } });
        }

        await store.PublishAsync(change: request =>
            request with
            {
                Defer = true,
                Selection = new() { Select = "mart", StateTarget = "prod" },
            }
        );

        Assert.Equal([called], await store.QueryAsync("select v from dev.mart"));
    }

    [Fact]
    public async Task What_the_target_has_is_read_there_unless_the_state_is_favoured()
    {
        await using var store = await Storefront.OpenAsync(postgres, Files);
        await store.TryPublishAsync(
            "prod",
            request => request with { Selection = new() { ExcludeResourceTypes = "test" } }
        );
        await store.TryPublishAsync(
            "dev",
            request => request with { Selection = new() { ExcludeResourceTypes = "test" } }
        );
        store.Write(("models/mart.sql", Changed));
        PublishRequest Deferred(PublishRequest request) =>
            request with
            {
                Defer = true,
                DeferStatePath = store.PathOf("prod"),
                Selection = new() { Select = "mart+" },
            };

        await store.PublishAsync(change: Deferred);
        Assert.Equal(["dev"], await store.QueryAsync("select distinct made_in from dev.report"));

        await store.PublishAsync(change: request => Deferred(request) with { FavorState = true });
        Assert.Equal(["prod"], await store.QueryAsync("select distinct made_in from dev.report"));

        // And without it the view is made on the relations of the target again.
        await store.PublishAsync(change: request => request with { Selection = new() { Select = "mart+" } });
        Assert.Equal(["dev"], await store.QueryAsync("select distinct made_in from dev.report"));
    }

    [Fact]
    public async Task The_manifest_of_a_publish_has_the_names_of_its_target()
    {
        await using var store = await Storefront.OpenAsync(postgres, Files);

        await store.TryPublishAsync("prod", request => request with { Selection = new() { Select = "codes" } });

        var manifest = File.ReadAllText(Path.Combine(store.PathOf("prod"), "manifest.json"));
        Assert.Contains($"\"relation_name\": \"\\\"{store.Database.Name}\\\".\\\"prod\\\".\\\"big\\\"\"", manifest);
        Assert.DoesNotContain("\"schema\": \"dev\"", manifest);
    }

    [Fact]
    public async Task The_state_of_the_target_itself_selects_what_changed_since_the_last_publish_of_each_node()
    {
        await using var store = await Storefront.OpenAsync(
            postgres,
            ("macros/one.sql", "{% macro one() %}1{% endmacro %}"),
            ("models/a.sql", "{{ config(materialized='table') }} select {{ one() }} as v"),
            ("models/b.sql", "{{ config(materialized='table') }} select 2 as v"),
            ("models/c.sql", "{{ config(materialized='table') }} select 3 as v")
        );
        async Task<string> ModifiedAsync()
        {
            await store.TryPublishAsync(change: request =>
                request with
                {
                    WhatIf = true,
                    Selection = new() { Select = "state:modified", StateTarget = "dev" },
                }
            );
            return string.Join(
                ' ',
                store.Observer.Messages.Where(line => line.Contains("create table dev__next.")).Select(line => line[^1])
            );
        }

        await store.PublishAsync();
        Assert.Equal("", await ModifiedAsync());

        store.Write(
            ("models/b.sql", "{{ config(materialized='table') }} select 22 as v"),
            ("models/c.sql", "{{ config(materialized='table') }} select 33 as v")
        );
        Assert.Equal("b c", await ModifiedAsync());

        // Only what was published counts as such.
        await store.PublishAsync(change: request => request with { Selection = new() { Select = "b" } });
        Assert.Equal("c", await ModifiedAsync());

        // A publish that is red changes nothing.
        store.Write(("tests/red.sql", "select * from {{ ref('c') }}"));
        await store.TryPublishAsync();
        Assert.Equal("c", await ModifiedAsync());

        store.Remove("tests/red.sql");
        store.Write(("macros/one.sql", "{% macro one() %}11{% endmacro %}"));
        Assert.Equal("a c", await ModifiedAsync());

        await store.PublishAsync();
        Assert.Equal("", await ModifiedAsync());
    }

    [Fact]
    public async Task Where_each_node_becomes_visible_the_green_ones_count_as_published()
    {
        await using var store = await Storefront.OpenAsync(
            postgres,
            ("models/good.sql", "{{ config(materialized='table') }} select 1 as v"),
            ("models/bad.sql", "{{ config(materialized='table') }} select 1 / (random() * 0)::int as v")
        );
        await store.TryPublishAsync(change: request => request with { CutOver = CutOverMode.Node });

        await store.TryPublishAsync(change: request =>
            request with
            {
                Selection = new() { Select = "state:modified", StateTarget = "dev" },
            }
        );

        Assert.Equal("bad:error", store.Statuses());
    }

    [Fact]
    public async Task A_state_that_is_not_there_is_an_error()
    {
        await using var store = await Storefront.OpenAsync(postgres, Files);
        async Task<string> ErrorAsync(Func<PublishRequest, PublishRequest> change)
        {
            await store.TryPublishAsync(change: change);
            return Assert.Single(store.Observer.Errors);
        }

        Assert.Contains(
            "ASQL6018: the earlier state cannot be used: Defer needs the state",
            await ErrorAsync(request => request with { Defer = true })
        );
        Assert.Contains(
            "there is no file and no folder",
            await ErrorAsync(request => request with { Defer = true, DeferStatePath = store.PathOf("nowhere") })
        );
        Assert.Contains(
            "nothing was published to target 'prod' yet",
            await ErrorAsync(request => request with { Selection = new() { StateTarget = "prod" } })
        );
        Assert.Contains(
            "ASQL0007",
            await ErrorAsync(request => request with { Selection = new() { StateTarget = "staging" } })
        );
        Assert.Contains(
            "State and StateTarget are two states",
            await ErrorAsync(request =>
                request with
                {
                    Selection = new() { StateTarget = "prod", StatePath = "x" },
                }
            )
        );
    }

    [Fact]
    public async Task A_relation_in_another_database_cannot_be_read()
    {
        await using var store = await Storefront.OpenAsync(postgres, Files);
        await store.TryPublishAsync("prod", request => request with { Selection = new() { Select = "codes" } });
        var manifest = Path.Combine(store.PathOf("prod"), "manifest.json");
        File.WriteAllText(
            manifest,
            File.ReadAllText(manifest)
                .Replace($"\"database\": \"{store.Database.Name}\"", "\"database\": \"elsewhere\"")
        );

        await store.TryPublishAsync(change: request =>
            request with
            {
                Defer = true,
                Selection = new() { Select = "big", StatePath = store.PathOf("prod") },
            }
        );

        Assert.Contains(
            store.Observer.Errors,
            error => error.Contains("ASQL6018") && error.Contains("\"elsewhere\".\"prod\".\"codes\"")
        );
    }
}
