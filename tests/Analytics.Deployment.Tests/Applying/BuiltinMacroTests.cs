using Analytics.Deployment.Tests.Support;
using Analytics.Testing;

namespace Analytics.Deployment.Tests.Applying;

/// <summary>What the <c>dbt.*</c> macros compute on a real server.</summary>
public sealed class BuiltinMacroTests(PostgresFixture postgres)
{
    [Fact]
    public async Task Expressions_of_the_dbt_macros_compute_what_they_say()
    {
        (string Expression, string Expected)[] cases =
        [
            ("{{ dbt.dateadd('month', 1, \"'2024-01-31'::date\") }}", "2024-02-29 00:00:00"),
            ("{{ dbt.dateadd('day', -1, \"'2024-03-01'::date\") }}", "2024-02-29 00:00:00"),
            ("{{ dbt.datediff(\"'2023-12-31'::date\", \"'2024-01-01'::date\", 'year') }}", "1"),
            ("{{ dbt.datediff(\"'2023-12-31'::date\", \"'2024-05-01'::date\", 'quarter') }}", "2"),
            ("{{ dbt.datediff(\"'2024-01-31'::date\", \"'2024-03-01'::date\", 'month') }}", "2"),
            ("{{ dbt.datediff(\"'2024-01-06'::date\", \"'2024-01-07'::date\", 'week') }}", "1"),
            ("{{ dbt.datediff(\"'2024-01-01 23:59'::timestamp\", \"'2024-01-02 00:01'::timestamp\", 'hour') }}", "1"),
            (
                "{{ dbt.datediff(\"'2024-01-01 00:00:01'::timestamp\", \"'2024-01-01 00:02:00'::timestamp\", 'second') }}",
                "119"
            ),
            ("{{ dbt.last_day(\"'2024-02-10'::date\", 'month') }}", "2024-02-29"),
            ("{{ dbt.last_day(\"'2024-02-10'::date\", 'quarter') }}", "2024-03-31"),
            ("{{ dbt.date_trunc('month', \"'2024-02-10'::date\") }}::date", "2024-02-01"),
            ("{{ dbt.date(2024, 2, 29) }}", "2024-02-29"),
            ("{{ dbt.split_part(\"'a,b,c'\", \"','\", 2) }}", "b"),
            ("{{ dbt.split_part(\"'a,b,c'\", \"','\", -1) }}", "c"),
            ("{{ dbt.hash(\"'a'\") }}", "0cc175b9c0f1b6a831c399e269772661"),
            ("{{ dbt.concat([\"'a'\", \"'b'\"]) }}", "ab"),
            ("{{ dbt.right(\"'abc'\", 2) }}", "bc"),
            ("{{ dbt.position(\"'c'\", \"'abc'\") }}", "3"),
            ("{{ dbt.replace(\"'abc'\", \"'b'\", \"'x'\") }}", "axc"),
            ("{{ dbt.length(\"'abc'\") }}", "3"),
            ("{{ dbt.safe_cast(\"'5'\", dbt.type_int()) }} + 1", "6"),
            ("{{ dbt.cast_bool_to_text('true') }}", "true"),
            ("{{ dbt.string_literal(dbt.escape_single_quotes(\"it's\")) }}", "it's"),
            (
                "{{ dbt.array_concat(dbt.array_construct([1, 2]), dbt.array_append(dbt.array_construct([], 'integer'), 3)) }}",
                "{1,2,3}"
            ),
            ("{{ dbt.snapshot_hash_arguments([\"'a'\", 'null']) }}", "93d5e5ca331bf91422ad249e13ec13d4"),
            (
                "(select {{ dbt.listagg('v', \"'-'\", 'order by v desc') }} from (values ('a'), ('b'), ('c')) as t(v))",
                "c-b-a"
            ),
            (
                "(select {{ dbt.listagg('v', \"'-'\", 'order by v desc', 2) }} from (values ('a'), ('b'), ('c')) as t(v))",
                "c-b"
            ),
            ("(select {{ dbt.bool_or('v') }} from (values (false), (true)) as t(v))", "true"),
            ("(select {{ dbt.any_value('v') }} from (values (2), (1)) as t(v))", "1"),
            ("(select count(*) from (select 1 {{ dbt.except() }} select 1) as t)", "0"),
            ("(select count(*) from (select 1 {{ dbt.intersect() }} select 1) as t)", "1"),
            ("{{ dbt.equals('1', '1') }}", "true"),
        ];
        var columns = string.Join(",\n", cases.Select((one, i) => $"({one.Expression})::text as c{i}"));
        await using var shop = await Workshop.OpenAsync(
            postgres,
            ("models/a.sql", $"{{{{ config(materialized='table') }}}}select {columns}")
        );
        await shop.PublishAsync();

        for (var i = 0; i < cases.Length; i++)
        {
            var value = Assert.Single(await shop.QueryAsync($"select c{i} from gold.a"));
            Assert.True(cases[i].Expected == value, $"{cases[i].Expression}: {value}, not {cases[i].Expected}");
        }
    }

    [Fact]
    public async Task A_date_spine_has_a_row_for_each_step_and_a_series_one_for_each_number()
    {
        await using var shop = await Workshop.OpenAsync(
            postgres,
            (
                "models/a.sql",
                "{{ config(materialized='table') }}{{ dbt.date_spine('day', \"'2024-02-27'::date\", \"'2024-03-02'::date\") }}"
            ),
            ("models/b.sql", "{{ config(materialized='table') }}{{ dbt.generate_series(5) }}")
        );
        await shop.PublishAsync();

        Assert.Equal(
            ["2024-02-27", "2024-02-28", "2024-02-29", "2024-03-01"],
            await shop.QueryAsync("select date_day::date::text from gold.a order by 1")
        );
        Assert.Equal(
            ["1", "2", "3", "4", "5"],
            await shop.QueryAsync("select generated_number::int from gold.b order by 1")
        );
    }

    [Fact]
    public async Task Macros_about_relations_see_the_database()
    {
        const string model = """
            {{ config(materialized='table') }}
            {%- set lake = api.Relation.create(database=target.database, schema='lake', identifier='raw') %}
            select '{{ load_relation(lake).is_table }} {{ get_columns_in_query('select 1 as x, 2 as y') | join('+') }}
            {{- ' ' }}{{ list_relations_without_caching(lake).columns['name'].values() | join('+') if execute }}
            {{- ' ' }}{{ 'lake' in list_schemas(target.database).columns[0].values() if execute }}
            {{- ' ' }}{{ get_column_schema_from_query('select 1::bigint as x') | map(attribute='dtype') | first if execute }}
            {{- ' ' }}{{ run_query(get_show_indexes_sql(lake)).rows[0].column_names if execute }}' as v
            """;
        await using var shop = await Workshop.OpenAsync(postgres, ("models/a.sql", model));
        await shop.ExecuteAsync("create schema lake; create table lake.raw (id int primary key, code text)");
        await shop.PublishAsync();

        Assert.Equal(["True x+y raw True bigint id"], await shop.QueryAsync("select v from gold.a"));
    }
}
