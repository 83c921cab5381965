using Analytics.Deployment.Tests.Support;
using Analytics.Testing;

namespace Analytics.Deployment.Tests.Testing;

public sealed class UnitTestFixtureTests(PostgresFixture postgres)
{
    [Theory]
    [InlineData("1", "1")]
    [InlineData("'1'", "1")]
    [InlineData("true", "true")]
    [InlineData("date '2020-01-02'", "2020-01-02")]
    [InlineData("timestamp '2013-11-03 00:00:00-0'", "2013-11-03 00:00:00-0")]
    [InlineData("timestamptz '2013-11-03 00:00:00-0'", "2013-11-03 00:00:00-0")]
    [InlineData("'1'::numeric", "1")]
    [InlineData("'1'::numeric(10,2)", "1.5")]
    [InlineData("'{\"bar\": 1}'::json", "'{\"bar\": \"baz\", \"balance\": 7.77, \"active\": false}'")]
    [InlineData("'{\"bar\": 1}'::jsonb", "{bar: [1, 2], baz: null}")]
    [InlineData("'1'::json", "1")]
    [InlineData("array['a','b','c']", "'{\"a\", \"b\", \"c\"}'")]
    [InlineData("array['a','b','c']", "[a, 'b \"c\" \\ {}', null]")]
    [InlineData("array[1,2,3]", "'{1, 2, 3}'")]
    [InlineData("array[array[1,2]]", "[[1, 2], [3, 4]]")]
    [InlineData("1.5::float8", "0.1")]
    [InlineData("1.5::float8", ".nan")]
    [InlineData("interval '1 day'", "1 mon")]
    [InlineData("'\\x01'::bytea", "'\\x0aff'")]
    [InlineData("gen_random_uuid()", "a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11")]
    [InlineData("'x'::text", "it's {{ no }} template")]
    [InlineData("time '10:00'", "'10:30'")]
    [InlineData("cast('short' as varchar(5))", "a much longer value")]
    public async Task A_value_is_of_the_type_of_its_column(string sql, string yaml)
    {
        await using var shop = await Workshop.OpenAsync(
            postgres,
            ("models/a.sql", $"select {sql} as tested_column"),
            ("models/b.sql", "select tested_column from {{ ref('a') }}"),
            (
                "models/unit.yml",
                $"""
                unit_tests:
                  - name: same
                    model: b
                    given:
                      - input: ref('a')
                        rows:
                          - tested_column: {yaml}
                    expect:
                      rows:
                        - tested_column: {yaml}
                  - name: other
                    model: b
                    given:
                      - input: ref('a')
                        rows:
                          - tested_column: {yaml}
                    expect:
                      rows:
                        - tested_column: null
                """
            )
        );

        Assert.False(await shop.TryPublishAsync());

        Assert.DoesNotContain("Error", shop.Observer.Results.Select(result => result.Status.ToString()));
        Assert.Equal("Pass", shop.Observer.StatusOf("b::same"));
        Assert.Equal("Fail", shop.Observer.StatusOf("b::other"));
    }

    [Fact]
    public async Task A_text_is_not_cut_to_the_length_of_its_column()
    {
        await using var shop = await OneAsync(
            "select cast('short' as varchar(5)) as x",
            "select x, length(x) as n from {{ ref('a') }}",
            "given: [{input: ref('a'), rows: [{x: longer_string_value}]}]",
            "expect: {rows: [{x: longer_string_value, n: 19}]}"
        );

        await shop.PublishAsync();
    }

    [Fact]
    public async Task Names_of_columns_may_differ_in_case_and_may_be_reserved_words()
    {
        await using var shop = await OneAsync(
            "select 1 as id, 2 as \"Group\", 3 as \"select\"",
            "select id, \"Group\" + 1 as \"Group\", \"select\" from {{ ref('a') }}",
            "given: [{input: ref('a'), rows: [{ID: 1, group: 7, select: 5}]}]",
            "expect: {rows: [{Id: 1, Group: 8, SELECT: 5}]}"
        );

        await shop.PublishAsync();
    }

    [Fact]
    public async Task Rows_come_as_csv_as_sql_and_from_files()
    {
        await using var shop = await Workshop.OpenAsync(
            postgres,
            ("models/a.sql", "select 1 as id, 'x' as name, date '2020-01-01' as day"),
            ("seeds/s.csv", "id,factor\n1,10\n2,20\n"),
            (
                "models/b.sql",
                "select a.id, a.name, a.day, s.factor from {{ ref('a') }} a left join {{ ref('s') }} s on s.id = a.id"
            ),
            ("tests/fixtures/three.csv", "id,name\n1,\"a, b\"\n2,\n\n3,it's\n"),
            (
                "tests/fixtures/deep/wanted.sql",
                "select 1 as id, 'a, b' as name, 10 as factor\nunion all select 2, null, 20 union all select 3, 'it''s', null"
            ),
            (
                "models/unit.yml",
                """
                unit_tests:
                  - name: files
                    model: b
                    given:
                      - {input: ref('a'), format: csv, fixture: three}
                      - {input: ref('s')}
                    expect: {format: sql, fixture: wanted}
                  - name: inline
                    model: b
                    given:
                      - input: ref('a')
                        format: sql
                        rows: |
                          select 5 as id, {{ dbt.string_literal(dbt.escape_single_quotes("it's")) }} as name, null::date as day
                      - input: ref('s')
                        format: csv
                        rows: |
                          id,factor
                          5,50
                    expect:
                      format: csv
                      rows: |
                        name,factor,id,day
                        it's,50,5,
                """
            )
        );

        await shop.PublishAsync();

        Assert.Equal("Pass", shop.Observer.StatusOf("b::files"));
        Assert.Equal("Pass", shop.Observer.StatusOf("b::inline"));
    }

    [Fact]
    public async Task Two_sources_may_have_tables_of_one_name()
    {
        await using var shop = await Workshop.OpenAsync(
            postgres,
            (
                "models/b.sql",
                "select * from {{- source('one', 'raw') -}} union all select * from {{ source('two', 'raw') }}"
            ),
            (
                "models/unit.yml",
                """
                sources:
                  - {name: one, tables: [{name: raw, columns: [{name: id, data_type: integer}]}]}
                  - {name: two, tables: [{name: raw, columns: [{name: id, data_type: integer}]}]}
                unit_tests:
                  - name: both
                    model: b
                    given:
                      - {input: "source('one', 'raw')", rows: [{id: 1}]}
                      - {input: "source('two', 'raw')", rows: [{id: 2}]}
                    expect: {rows: [{id: 2}, {id: 1}]}
                """
            )
        );

        await shop.PublishAsync("both");
    }

    [Fact]
    public async Task What_a_template_asks_about_its_inputs_is_answered()
    {
        await using var shop = await OneAsync(
            "select 1 as id, 2 as other",
            "select {% for column in adapter.get_columns_in_relation(ref('a')) %}{{ column.name }} + 1 as {{ column.name }}{{ ', ' if not loop.last }}{% endfor %} from {{ ref('a') }}",
            "given: [{input: ref('a'), rows: [{id: 1, other: 5}]}]",
            "expect: {rows: [{id: 2, other: 6}]}"
        );

        await shop.PublishAsync();
    }

    [Fact]
    public async Task The_header_of_a_model_runs_before_its_query_and_leaves_nothing()
    {
        await using var shop = await OneAsync(
            "select 1 as id",
            "{{ config(materialized='table', sql_header='create function pg_temp.twice(n int) returns int language sql as $$ select n * 2 $$') }} select pg_temp.twice(id) as id from {{ ref('a') }}",
            "given: [{input: ref('a'), rows: [{id: 4}]}]",
            "expect: {rows: [{id: 8}]}"
        );

        await shop.PublishAsync(workers: 1);

        Assert.Equal(["2"], await shop.QueryAsync("select id from gold.b"));
    }

    [Fact]
    public async Task One_column_may_be_written_in_two_ways()
    {
        await using var shop = await OneAsync(
            "select 1 as id",
            "select id from {{ ref('a') }}",
            "given: [{input: ref('a'), rows: [{id: 4}, {ID: 5}]}]",
            "expect: {rows: [{Id: 5}, {id: 4}]}"
        );

        await shop.PublishAsync();
    }

    private Task<Workshop> OneAsync(string parent, string model, string given, string expect) =>
        Workshop.OpenAsync(
            postgres,
            ("models/a.sql", parent),
            ("models/b.sql", model),
            ("models/unit.yml", $"unit_tests:\n  - name: t\n    model: b\n    {given}\n    {expect}\n")
        );
}
