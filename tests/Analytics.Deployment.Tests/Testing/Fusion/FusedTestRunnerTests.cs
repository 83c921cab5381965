using System.Globalization;
using Analytics.Deployment.Tests.Support;
using Analytics.Testing;

namespace Analytics.Deployment.Tests.Testing.Fusion;

public sealed class FusedTestRunnerTests(PostgresFixture postgres)
{
    private static readonly string[] Relations = ["a_table", "a_view", "an_empty", "an_increment", "an_ephemeral"];

    private const string Base = """
        create table public.base as
        select n as id, (array['a', 'b', 'c', null])[1 + n % 4] as grp, n % 3 as part, nullif(n, 5) as note,
            n::numeric / 10 as amount, json_build_object('n', n) as doc
        from generate_series(1, 40) n
        """;

    // None reads another: a red test would skip it.
    private static readonly (string Path, string Text)[] Models =
    [
        ("models/a_table.sql", "{{ config(materialized='table') }} select * from public.base"),
        ("models/a_view.sql", "select * from public.base"),
        ("models/an_empty.sql", "{{ config(materialized='table') }} select * from public.base where false"),
        (
            "models/an_increment.sql",
            """
            {{ config(materialized='incremental', unique_key='id') }}
            select * from public.base {% if is_incremental() %} where id > 30 {% endif %}
            """
        ),
        ("models/an_ephemeral.sql", "{{ config(materialized='ephemeral') }} select * from public.base"),
    ];

    // A name, and the SQL of a test of that name.
    private static readonly (string Name, string Sql)[] Macros =
    [
        ("is_true", "select * from {{ model }} where not ({{ arg }})"),
        ("divides", "select * from {{ model }} where 1 / (part - 1) > 100"),
        ("has_no_column", "select nope from {{ model }} where id < 0"),
        ("groups_json", "select doc, count(*) as n from {{ model }} where id < 0 group by doc"),
        ("is_random", "select * from {{ model }} where random() < 0"),
        ("counts", "select count(*) as n from {{ model }} where id < 0"),
        ("multiplies", "select generate_series(1, 2) from {{ model }} where id = 1"),
        ("has_groups", "select part, count(*) from {{ model }} where part = {{ arg }} group by 1"),
        (
            "in_steps",
            "with s as (select id, amount * 10 as ten from {{ model }}) select * from s where ten <> id + {{ arg }}"
        ),
        ("in_a_query", "select q.id from (select * from {{ model }} where part = 1) q where q.id > {{ arg }}"),
        ("has_all", "select id from {{ model }}"),
        ("has_one", "select id from {{ model }} where grp = 'a' limit 1"),
        ("is_among", "select id from {{ model }} where id not in (select id from {{ model }} where part = 0)"),
        ("is_distinct", "select distinct part from {{ model }} where part > 0"),
        ("is_row", "select * from {{ model }} as m where m is null"),
        ("casts", "select * from {{ model }} where grp::int > 0"),
    ];

    private const string Tests = """
          - is_true: {arguments: {arg: 'amount >= 0.5'}}
          - is_true: {arguments: {arg: 'amount >= 0'}}
          - is_true: {arguments: {arg: "grp <> 'a'"}, config: {severity: warn}}
          - is_true: {arguments: {arg: 'id > 3'}, config: {where: 'part = 1 or id = 2'}}
          - is_true: {arguments: {arg: 'id > 4'}, config: {where: 'part = 7'}}
          - is_true: {arguments: {arg: 'id > 5'}, config: {limit: 3, warn_if: '> 1', error_if: '> 3'}}
          - is_true: {arguments: {arg: 'id > 6'}, config: {warn_if: '> 1', error_if: 'between 7 and 9 or false'}}
          - is_true: {arguments: {arg: 'id > 7'}, config: {fail_calc: 'sum(id)'}}
          - is_true: {arguments: {arg: 'id > 8'}, config: {fail_calc: 'Count( * )', error_if: '!= 8'}}
          - is_true: {arguments: {arg: 'id > 9'}, config: {store_failures: true}}
          - is_true: {arguments: {arg: 'id > 10'}, config: {where: "grp in (select 'a')"}}
          - is_true: {arguments: {arg: 'id > 11'}, config: {where: "nope > 1"}}
          - divides
          - has_no_column
          - groups_json
          - is_random
          - counts
          - multiplies
          - has_groups: {arguments: {arg: 1}}
          - has_groups: {arguments: {arg: 5}}
          - in_steps: {arguments: {arg: 0}}
          - in_steps: {arguments: {arg: 1}}
          - in_a_query: {arguments: {arg: 30}}
          - in_a_query: {arguments: {arg: 90}}
          - has_all
          - has_one
          - is_among
          - is_distinct
          - is_row
          - casts
        columns:
          - name: id
            data_tests: [not_null, unique, accepted_values: {arguments: {values: [1, 2], quote: false}}]
          - name: note
            data_tests: [not_null, unique, relationships: {arguments: {to: ref('an_empty'), field: id}}]
          - name: part
            data_tests: [unique, accepted_values: {arguments: {values: [0, 1, 2], quote: false}, config: {where: 'id > 2'}}]
          - name: grp
            data_tests:
              - not_null: {config: {error_if: '> 10'}}
              - not_null: {name: in_part, config: {where: "part = 2", severity: warn}}
              - accepted_values: {arguments: {values: [a, b]}}
              - accepted_values: {arguments: {values: [a, b, c]}}
              - accepted_values: {name: few, arguments: {values: [a]}, config: {limit: 1, severity: warn, where: 'id > 1'}}
          - name: nowhere
            data_tests: [not_null, accepted_values: {arguments: {values: [a]}}]
        """;

    [Fact]
    public async Task Every_test_gives_in_one_scan_what_it_gives_by_itself()
    {
        await using var shop = await Workshop.OpenAsync(postgres, Models);
        await shop.ExecuteAsync(Base);
        await shop.PublishAsync();
        shop.Write([
            .. Macros.Select(macro =>
                ($"macros/{macro.Name}.sql", $"{{% test {macro.Name}(model, arg=none) %}}{macro.Sql}{{% endtest %}}")
            ),
            (
                "models/tests.yml",
                $"models:\n{string.Join("\n", Relations.Select(name => $"  - name: {name}\n    data_tests:\n{Indented(name)}"))}"
            ),
        ]);

        shop.FuseTests = false;
        Assert.False(await shop.TryPublishAsync());
        var (alone, aloneSaid) = (Results(shop), Said(shop));
        shop.FuseTests = true;
        Assert.False(await shop.TryPublishAsync());

        Assert.Equal(alone, Results(shop));
        Assert.Equal(aloneSaid, Said(shop));
        Assert.Equal(Relations.Length * 45, alone.Count);
        Assert.All(
            ["Pass", "Warn", "Fail", "Error"],
            status => Assert.Contains(alone, line => line.Contains($" {status} ", StringComparison.Ordinal))
        );
    }

    [Fact]
    public async Task Green_tests_of_a_view_run_its_query_once_and_a_red_one_once_more()
    {
        await using var shop = await Workshop.OpenAsync(
            postgres,
            ("models/a.sql", "select * from public.numbers()"),
            ("models/a.yml", Yaml("arguments: {values: [1, 2, 3], quote: false}"))
        );
        await shop.ExecuteAsync(
            """
            create sequence public.scans minvalue 0 start 0;
            create function public.numbers() returns table (n int, m int) language plpgsql volatile as
            $$ begin perform nextval('public.scans'); return query select i, i from generate_series(1, 3) i; end $$
            """
        );

        await shop.PublishAsync(workers: 1);
        Assert.Equal("1", await ScansAsync(shop));

        shop.FuseTests = false;
        await shop.PublishAsync(workers: 1);
        Assert.Equal("4", await ScansAsync(shop));

        // The shared scan, the test by itself, and its rows.
        shop.FuseTests = true;
        shop.Write(("models/a.yml", Yaml("arguments: {values: [1, 2], quote: false}, config: {severity: warn}")));
        await shop.PublishAsync(workers: 1);
        Assert.Equal("3", await ScansAsync(shop));

        static string Yaml(string accepted) =>
            $$$"""
                models:
                  - name: a
                    columns:
                      - name: n
                        data_tests: [not_null, accepted_values: { {{{accepted}}} }]
                      - name: m
                        data_tests: [not_null: {config: {where: 'n > 1'}}, accepted_values: {arguments: {values: [1, 2, 3], quote: false}}]
                """;
    }

    [Fact]
    public async Task What_a_project_makes_of_a_test_is_what_counts_and_not_its_name()
    {
        await using var shop = await Workshop.OpenAsync(
            postgres,
            ("models/a.sql", "select n, n as m from generate_series(1, 3) n"),
            (
                "models/a.yml",
                "models: [{name: a, columns: [{name: n, data_tests: [not_null]}, {name: m, data_tests: [not_null, unique]}]}]"
            ),
            (
                "macros/not_null.sql",
                "{% test not_null(model, column_name) %}select * from {{ model }} where {{ column_name }} = 3{% endtest %}"
            ),
            (
                "macros/unique.sql",
                "{% macro default__test_unique(model, column_name) %}select * from {{ model }} where {{ column_name }} > 1{% endmacro %}"
            )
        );

        Assert.False(await shop.TryPublishAsync());

        Assert.Equal(
            ["not_null_a_m Fail 1", "not_null_a_n Fail 1", "unique_a_m Fail 2"],
            shop.Observer.Results.Where(result => result.Kind == "test")
                .Select(result => FormattableString.Invariant($"{result.Name} {result.Status} {result.Failures}"))
                .Order(StringComparer.Ordinal)
        );
    }

    private static string Indented(string relation) =>
        string.Join(
            "\n",
            Tests
                .Replace("in_part", "in_part_" + relation, StringComparison.Ordinal)
                .Replace("name: few", "name: few_" + relation, StringComparison.Ordinal)
                .ReplaceLineEndings("\n")
                .Split('\n')
                .Select(line => "    " + line)
        );

    private static List<string> Results(Workshop shop) =>
        [
            .. shop
                .Observer.Results.Where(result => result.Kind == "test")
                .Select(result =>
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"{result.Name} {result.Status} {result.Failures} {result.Message}"
                    )
                )
                .Order(StringComparer.Ordinal),
        ];

    private static List<string> Said(Workshop shop) =>
        [.. shop.Observer.Diagnostics.Select(found => found.ToString()).Order(StringComparer.Ordinal)];

    private static async Task<string> ScansAsync(Workshop shop)
    {
        var scans = await shop.QueryAsync("select nextval('public.scans')");
        await shop.ExecuteAsync("alter sequence public.scans restart");
        return scans[0];
    }
}
