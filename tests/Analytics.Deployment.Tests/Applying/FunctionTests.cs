using Analytics.Deployment.Reporting;
using Analytics.Deployment.Tests.Support;
using Analytics.Testing;

namespace Analytics.Deployment.Tests.Applying;

/// <summary>Functions are made in their place in the graph, and replaced without taking away from under what calls them.</summary>
public sealed class FunctionTests(PostgresFixture postgres)
{
    private const string Twice = """
        functions:
          - name: twice
            config: {volatility: deterministic}
            arguments: [{name: x, data_type: integer}]
            returns: {data_type: integer}
        """;

    private static readonly (string, string)[] Project =
    [
        ("functions/twice.sql", "select x * 2"),
        ("functions/f.yml", Twice),
        ("models/t.sql", "{{ config(materialized='table') }} select {{ function('twice') }}(21) as v"),
        ("models/v.sql", "select {{ function('twice') }}(v) as v from {{ ref('t') }}"),
        (
            "models/m.sql",
            "{{ config(materialized='materialized_view') }} select {{ function('twice') }}(v) as v from {{ ref('t') }}"
        ),
        ("tests/right.sql", "select * from {{ ref('t') }} where v <> {{ function('twice') }}(21)"),
    ];

    [Fact]
    public async Task A_function_is_made_before_what_calls_it()
    {
        await using var shop = await Workshop.OpenAsync(postgres, Project);

        await shop.PublishAsync();

        Assert.Equal(["42|84|84"], await shop.QueryAsync("select t.v, v.v, m.v from gold.t, gold.v, gold.m"));
        Assert.Equal(
            ["i|sql"],
            await shop.QueryAsync(
                "select p.provolatile, l.lanname from pg_proc p join pg_language l on l.oid = p.prolang where p.oid = 'gold.twice(int)'::regprocedure"
            )
        );
        var result = shop.Observer.Results.Single(found => found.UniqueId == "function.shop.twice");
        Assert.Equal(("function", NodeStatus.Success), (result.Kind, result.Status));
        Assert.EndsWith("\"gold\".\"twice\"", result.RelationSql, StringComparison.Ordinal);
        Assert.Empty(await shop.StagingSchemasAsync());
    }

    [Fact]
    public async Task What_is_built_calls_the_new_body_while_readers_have_the_old_one()
    {
        await using var shop = await Workshop.OpenAsync(postgres, Project);
        await shop.PublishAsync();
        await shop.ExecuteAsync(
            "create view public.mine as select gold.twice(1) as v; create table public.kept (x int); create index on public.kept (gold.twice(x))"
        );
        var oid = await shop.QueryAsync("select 'gold.twice(int)'::regprocedure::oid::text");
        shop.Write(
            ("functions/twice.sql", "select x * 20"),
            ("tests/right.sql", "select * from {{ ref('t') }} where v <> 420"),
            ("tests/red.sql", "select 1 from {{ ref('v') }} where v = 8400")
        );

        Assert.False(await shop.TryPublishAsync());

        Assert.Equal(["84|2"], await shop.QueryAsync("select v.v, mine.v from gold.v, public.mine"));
        Assert.Empty(await shop.StagingSchemasAsync());

        await shop.Write(("tests/red.sql", "select 1 from {{ ref('v') }} where v <> 8400")).PublishAsync();

        Assert.Equal(
            ["420|8400|8400|20"],
            await shop.QueryAsync("select t.v, v.v, m.v, mine.v from gold.t, gold.v, gold.m, public.mine")
        );
        Assert.Equal(oid, await shop.QueryAsync("select 'gold.twice(int)'::regprocedure::oid::text"));
    }

    [Fact]
    public async Task What_did_not_change_stays_and_a_change_is_built_with_what_calls_it()
    {
        await using var shop = await Workshop.OpenAsync(
            postgres,
            ("functions/twice.sql", "select x * 2"),
            ("functions/f.yml", Twice),
            ("models/v.sql", "select {{ function('twice') }}(1) as v")
        );
        await shop.PublishAsync();

        await shop.PublishAsync();
        Assert.All(shop.Observer.Results, result => Assert.Equal(NodeStatus.Reused, result.Status));

        await shop.Write(("functions/twice.sql", "select x + x")).PublishAsync();
        Assert.All(shop.Observer.Results, result => Assert.Equal(NodeStatus.Success, result.Status));

        await shop.ExecuteAsync(
            "create or replace function gold.twice(x int) returns int immutable language sql as 'select 0'"
        );
        await shop.PublishAsync();
        Assert.Equal("Success", shop.Observer.StatusOf("gold.twice"));
        Assert.Equal(["2"], await shop.QueryAsync("select v from gold.v"));
    }

    [Fact]
    public async Task Other_arguments_or_another_result_replace_the_function_and_all_that_calls_it()
    {
        await using var shop = await Workshop.OpenAsync(postgres, Project);
        await shop.PublishAsync();
        await shop.ExecuteAsync(
            "comment on function gold.twice(int) is 'mine'; revoke all on function gold.twice(int) from public; grant execute on function gold.twice(int) to current_user"
        );

        await shop.Write(
                ("functions/f.yml", Twice.Replace("integer", "numeric", StringComparison.Ordinal)),
                ("functions/twice.sql", "select x * 2.5")
            )
            .PublishAsync();

        Assert.Equal(["52.5|131.25"], await shop.QueryAsync("select t.v, v.v from gold.t, gold.v"));
        Assert.Equal(
            ["gold.twice(numeric)|mine|false"],
            await shop.QueryAsync(
                "select p.oid::regprocedure::text, obj_description(p.oid, 'pg_proc'), (select bool_or(a.grantee = 0) from aclexplode(p.proacl) a)::text from pg_proc p where p.pronamespace = 'gold'::regnamespace"
            )
        );
    }

    [Theory]
    [InlineData("create view public.mine as select gold.twice(1) as v", "view mine")]
    [InlineData("create table public.k (x int); create index on public.k (gold.twice(x))", "index k_twice_idx")]
    [InlineData("create table public.d (x int default gold.twice(1))", "default value for column x of table d")]
    public async Task What_others_made_with_it_stops_another_signature_and_is_named(string made, string named)
    {
        await using var shop = await Workshop.OpenAsync(postgres, Project);
        await shop.PublishAsync();
        await shop.ExecuteAsync(made);

        Assert.False(
            await shop.Write(("functions/f.yml", Twice.Replace("integer", "bigint", StringComparison.Ordinal)))
                .TryPublishAsync()
        );

        var error = Assert.Single(shop.Observer.Errors, text => text.Contains("ASQL6040", StringComparison.Ordinal));
        Assert.Contains(named, error, StringComparison.Ordinal);
        Assert.Equal(["gold.twice(integer)"], await FunctionsAsync(shop));
        Assert.Equal(["84"], await shop.QueryAsync("select v from gold.v"));
    }

    [Fact]
    public async Task A_function_of_somebody_else_that_cannot_become_ours_is_left_alone()
    {
        await using var shop = await Workshop.OpenAsync(postgres, Project);
        await shop.ExecuteAsync(
            "create schema gold; create function gold.twice(x int) returns text language sql as 'select 1::text'; create function gold.twice(x text) returns text language sql as 'select x'"
        );

        Assert.False(await shop.TryPublishAsync());
        Assert.Contains(shop.Observer.Errors, text => text.Contains("ASQL6040", StringComparison.Ordinal));

        await shop.ExecuteAsync("drop function gold.twice(int)");
        await shop.PublishAsync();
        Assert.Equal(["gold.twice(integer)", "gold.twice(text)"], await FunctionsAsync(shop));
    }

    [Fact]
    public async Task A_function_reads_what_is_built_and_can_be_read_by_a_view()
    {
        await using var shop = await Workshop.OpenAsync(
            postgres,
            ("models/rates.sql", "{{ config(materialized='table') }} select 3 as rate"),
            ("models/shown.sql", "select rate from {{ ref('rates') }}"),
            ("functions/rate.sql", "select max(rate) from {{ ref('shown') }}"),
            ("functions/f.yml", "functions: [{name: rate, returns: {data_type: integer}}]"),
            ("models/top.sql", "{{ config(materialized='table') }} select {{ function('rate') }}() as r"),
            ("models/stored.sql", "{{ config(materialized='materialized_view') }} select {{ function('rate') }}() as r")
        );
        await shop.PublishAsync();
        Assert.Equal(["3|3"], await shop.QueryAsync("select top.r, stored.r from gold.top, gold.stored"));

        await shop.Write(("models/rates.sql", "{{ config(materialized='table') }} select 4 as rate")).PublishAsync();

        Assert.Equal(
            ["4|4|4"],
            await shop.QueryAsync("select top.r, stored.r, gold.rate() from gold.top, gold.stored")
        );
    }

    [Fact]
    public async Task Defaults_of_arguments_and_grants_are_the_projects()
    {
        await using var shop = await Workshop.OpenAsync(
            postgres,
            ("functions/greet.sql", "select greeting || ' ' || name"),
            (
                "functions/f.yml",
                """
                functions:
                  - name: greet
                    arguments:
                      - {name: name, data_type: text}
                      - {name: greeting, data_type: text, default_value: "'hello'"}
                    returns: {data_type: text}
                    config: {alias: say, grants: {execute: [pg_monitor]}}
                """
            ),
            ("models/v.sql", "select {{ function('greet') }}('ann') as v")
        );

        await shop.PublishAsync();

        Assert.Equal(["hello ann"], await shop.QueryAsync("select v from gold.v"));
        Assert.Equal(
            ["pg_monitor"],
            await shop.QueryAsync(
                "select pg_get_userbyid(a.grantee) from pg_proc p, aclexplode(p.proacl) a where p.proname = 'say' and a.grantee <> p.proowner and p.pronamespace = 'gold'::regnamespace"
            )
        );
    }

    [Fact]
    public async Task A_mistake_in_a_body_is_told_in_the_authors_file()
    {
        await using var shop = await Workshop.OpenAsync(
            postgres,
            ("functions/twice.sql", "select\n  y * 2"),
            ("functions/f.yml", Twice)
        );

        Assert.False(await shop.TryPublishAsync());

        var error = Assert.Single(shop.Observer.Errors);
        Assert.StartsWith("functions/twice.sql(2,3,", error, StringComparison.Ordinal);
        Assert.Contains("ASQL6004", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_index_that_calls_the_function_as_it_is_built_is_named()
    {
        await using var shop = await Workshop.OpenAsync(
            postgres,
            ("functions/twice.sql", "select x * 2"),
            ("functions/f.yml", Twice),
            (
                "models/t.sql",
                "{{ config(materialized='table', post_hook='create index by_twice on {{ this }} ({{ function(\"twice\") }}(v))') }} select 1 as v"
            )
        );

        Assert.False(await shop.TryPublishAsync());
        var error = Assert.Single(shop.Observer.Errors);
        Assert.Contains("ASQL6040", error, StringComparison.Ordinal);
        Assert.Contains("index gold.by_twice", error, StringComparison.Ordinal);

        await shop.Write(
                (
                    "models/t.sql",
                    "{{ config(materialized='table', post_hook={'sql': 'create index by_twice on {{ this }} ({{ function(\"twice\") }}(v))', 'transaction': false}) }} select 1 as v"
                )
            )
            .PublishAsync();
        Assert.Equal(["1"], await shop.QueryAsync("select count(*) from pg_class where relname = 'by_twice'"));
    }

    [Fact]
    public async Task A_unit_test_calls_functions_and_a_selection_of_them_works()
    {
        await using var shop = await Workshop.OpenAsync(
            postgres,
            [
                .. Project[..^1],
                (
                    "models/u.yml",
                    "unit_tests: [{name: doubles, model: v, given: [{input: ref('t'), rows: [{v: 2}]}], expect: {rows: [{v: 4}]}}]"
                ),
            ]
        );

        await shop.PublishAsync("resource_type:function");
        Assert.Equal(["gold.twice"], shop.Observer.Results.Select(result => result.Name));

        await shop.PublishAsync();
        Assert.Equal(
            NodeStatus.Pass,
            shop.Observer.Results.Single(result =>
                result.UniqueId.StartsWith("unit_test.", StringComparison.Ordinal)
            ).Status
        );
    }

    [Fact]
    public async Task Node_by_node_a_function_is_live_when_it_is_built()
    {
        await using var shop = await Workshop.OpenAsync(postgres, Project);
        shop.Mode = CutOverMode.Node;
        await shop.PublishAsync();

        await shop.Write(("functions/twice.sql", "select x * 3"), ("tests/right.sql", "select 1 where false"))
            .PublishAsync();

        Assert.Equal(["63|189"], await shop.QueryAsync("select t.v, v.v from gold.t, gold.v"));
        Assert.Empty(await shop.StagingSchemasAsync());
    }

    private static Task<IReadOnlyList<string>> FunctionsAsync(Workshop shop) =>
        shop.QueryAsync(
            "select p.oid::regprocedure::text from pg_proc p where p.pronamespace = 'gold'::regnamespace order by 1"
        );
}
