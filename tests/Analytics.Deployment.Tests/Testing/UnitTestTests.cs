using Analytics.Deployment.Tests.Support;
using Analytics.Testing;

namespace Analytics.Deployment.Tests.Testing;

public sealed class UnitTestTests(PostgresFixture postgres)
{
    private const string Sum =
        "select a + b as c, concat(string_a, string_b) as string_c, date_a from {{ ref('my_model_a') }} my_model_a join {{ ref('my_model_b') }} my_model_b on my_model_a.id = my_model_b.id";

    private static readonly (string, string)[] Parents =
    [
        ("models/my_model.sql", Sum),
        (
            "models/my_model_a.sql",
            "select 1 as a, 1 as id, 2 as not_testing, 'a' as string_a, date '2020-01-02' as date_a"
        ),
        ("models/my_model_b.sql", "select 2 as b, 1 as id, 2 as c, 'b' as string_b"),
    ];

    [Fact]
    public async Task A_model_that_gives_the_expected_rows_is_published()
    {
        await using var shop = await OpenAsync(
            """
              - name: adds_up
                model: my_model
                given:
                  - input: ref('my_model_a')
                    rows:
                      - {id: 1, a: 1, date_a: 2020-01-01}
                  - input: ref('my_model_b')
                    rows:
                      - {id: 1, b: 2}
                      - {id: 2, b: 2}
                expect:
                  rows:
                    - {c: 3, date_a: "2020-01-01"}
              - name: concatenates
                model: my_model
                given:
                  - input: ref('my_model_a')
                    rows: [{id: 1, string_a: a}]
                  - input: ref('my_model_b')
                    rows: [{id: 1, string_b: b}]
                expect:
                  rows: [{string_c: ab}]
              - name: nothing_of_nothing
                model: my_model
                given:
                  - input: ref('my_model_a')
                    rows: []
                  - input: ref('my_model_b')
                    rows: [{id: 1, b: 2}]
                expect:
                  rows: []
            """
        );

        await shop.PublishAsync();

        Assert.Equal("Pass", shop.Observer.StatusOf("my_model::adds_up"));
        Assert.Equal("Pass", shop.Observer.StatusOf("my_model::concatenates"));
        Assert.Equal("Pass", shop.Observer.StatusOf("my_model::nothing_of_nothing"));
        Assert.Equal(["3"], await shop.QueryAsync("select c from gold.my_model"));
        var names = shop.Observer.Results.Select(result => result.Name).ToList();
        Assert.True(names.IndexOf("my_model::adds_up") < names.IndexOf("gold.my_model"));
    }

    [Fact]
    public async Task A_failing_one_shows_the_difference_and_nothing_is_published()
    {
        await using var shop = await OpenAsync(
            """
              - name: adds_up
                model: my_model
                given:
                  - input: ref('my_model_a')
                    rows:
                      - {id: 1, a: 1}
                      - {id: 2, a: 2}
                      - {id: 3, a: 3}
                  - input: ref('my_model_b')
                    rows:
                      - {id: 1, b: 2, string_b: x}
                      - {id: 2, b: 2, string_b: y}
                      - {id: 3, b: 10, string_b: z}
                expect:
                  rows:
                    - {c: 3, string_c: x}
                    - {c: 5, string_c: y}
                    - {c: 7, string_c: v}
            """
        );
        shop.Write(("models/reader.sql", "select c from {{ ref('my_model') }}"));

        Assert.False(await shop.TryPublishAsync());

        Assert.Equal("Fail", shop.Observer.StatusOf("my_model::adds_up"));
        Assert.Equal("Skipped", shop.Observer.StatusOf("gold.my_model"));
        Assert.Equal("Skipped", shop.Observer.StatusOf("gold.reader"));
        Assert.Equal("Success", shop.Observer.StatusOf("gold.my_model_a"));
        Assert.Equal(
            "models/unit.yml(3,11,3,18): error ASQL6015: unit test 'my_model::adds_up' failed: actual differs from expected:\n\n"
                + "@@ ,c  ,string_c\n"
                + "   ,3  ,x\n"
                + "→  ,5→4,y\n"
                + "---,7  ,v\n"
                + "+++,13 ,z",
            Assert.Single(shop.Observer.Errors)
        );
        Assert.Equal(1, shop.Observer.Results.Single(result => result.Kind == "unit_test").Failures);
        Assert.Empty(await shop.QueryAsync("select 1 from pg_class where relname like 'my\\_model%'"));
    }

    [Fact]
    public async Task Rows_are_compared_as_often_as_they_stand_and_null_equals_null()
    {
        await using var shop = await Workshop.OpenAsync(
            postgres,
            ("models/a.sql", "select 1 as x"),
            ("models/b.sql", "select x from {{ ref('a') }}"),
            (
                "models/unit.yml",
                """
                unit_tests:
                  - name: equal
                    model: b
                    given: [{input: ref('a'), rows: [{x: null}, {x: 1}, {x: 1}]}]
                    expect: {rows: [{x: 1}, {x: null}, {x: 1}]}
                  - name: one_too_few
                    model: b
                    given: [{input: ref('a'), rows: [{x: 1}, {x: 1}]}]
                    expect: {rows: [{x: 1}]}
                  - name: null_is_no_number
                    model: b
                    given: [{input: ref('a'), rows: [{x: 0}]}]
                    expect: {rows: [{x: null}]}
                """
            )
        );

        Assert.False(await shop.TryPublishAsync());

        Assert.Equal("Pass", shop.Observer.StatusOf("b::equal"));
        Assert.Equal("Fail", shop.Observer.StatusOf("b::one_too_few"));
        Assert.Equal("Fail", shop.Observer.StatusOf("b::null_is_no_number"));
    }

    [Fact]
    public async Task Parents_need_not_be_there()
    {
        await using var shop = await Workshop.OpenAsync(
            postgres,
            ("models/trips.sql", "select id, km * 2 as km, note from {{ source('lake', 'trips') }}"),
            (
                "models/pairs.sql",
                "select t.id, u.n from {{ ref('trips') }} t join {{ source('lake', 'more') }} u on u.id = t.id"
            ),
            (
                "models/unit.yml",
                """
                sources:
                  - name: lake
                    tables:
                      - name: trips
                        columns: [{name: id, data_type: bigint}, {name: km, data_type: 'numeric(8,2)'}, {name: note, data_type: text}]
                      - name: more
                unit_tests:
                  - name: doubles
                    model: trips
                    given: [{input: "source('lake', 'trips')", rows: [{id: 1, km: 1.25}]}]
                    expect: {rows: [{id: 1, km: 2.5, note: null}]}
                  - name: joins
                    model: pairs
                    given:
                      - {input: ref('trips'), rows: [{id: 7}]}
                      - {input: "source('lake', 'more')", format: csv, rows: "id,n\n7,70\n8,80\n"}
                    expect: {rows: [{id: 7, n: 70}]}
                """
            )
        );

        Assert.False(await shop.TryPublishAsync());
        Assert.Equal("Pass", shop.Observer.StatusOf("trips::doubles"));

        Assert.True(await shop.TryPublishAsync("test_type:unit"), string.Join("\n", shop.Observer.Diagnostics));
        Assert.Equal(
            ["pairs::joins", "trips::doubles"],
            shop.Observer.Results.Select(result => result.Name).Order(StringComparer.Ordinal)
        );
        Assert.Empty(await shop.QueryAsync("select 1 from pg_class where relname in ('trips', 'pairs')"));
    }

    [Theory]
    [InlineData("doubles", "b::doubles")]
    [InlineData("test_name:doubles", "b::doubles")]
    [InlineData("resource_type:unit_test", "b::doubles,c::halves")]
    [InlineData("tag:quick", "c::halves")]
    [InlineData("b", "b::doubles,gold.b")]
    public async Task They_are_selected_by_themselves_and_with_their_model(string select, string names)
    {
        await using var shop = await Workshop.OpenAsync(
            postgres,
            ("models/a.sql", "select 1 as x"),
            ("models/b.sql", "select x * 2 as x from {{ ref('a') }}"),
            ("models/c.sql", "select x / 2 as x from {{ ref('a') }}"),
            (
                "models/unit.yml",
                """
                unit_tests:
                  - name: doubles
                    model: b
                    given: [{input: ref('a'), rows: [{x: 2}]}]
                    expect: {rows: [{x: 4}]}
                  - name: halves
                    model: c
                    config: {tags: quick}
                    given: [{input: ref('a'), rows: [{x: 2}]}]
                    expect: {rows: [{x: 1}]}
                  - name: off
                    model: c
                    config: {enabled: false}
                    given: [{input: ref('a'), rows: [{x: 2}]}]
                    expect: {rows: [{x: 2}]}
                """
            )
        );
        await shop.PublishAsync("a");

        await shop.PublishAsync(select);

        Assert.Equal(
            names,
            string.Join(",", shop.Observer.Results.Select(result => result.Name).Order(StringComparer.Ordinal))
        );
    }

    [Fact]
    public async Task A_test_of_an_ephemeral_model_blocks_who_reads_it()
    {
        await using var shop = await Workshop.OpenAsync(
            postgres,
            ("models/a.sql", "select 1 as x, 'n' as y"),
            ("models/e.sql", "{{ config(materialized='ephemeral') }} select x + 1 as x, y from {{ ref('a') }}"),
            ("models/b.sql", "select x * 2 as x from {{ ref('e') }}"),
            (
                "models/unit.yml",
                """
                unit_tests:
                  - name: of_it
                    model: e
                    given: [{input: ref('a'), rows: [{x: 2}]}]
                    expect: {rows: [{x: 4}]}
                  - name: of_its_reader
                    model: b
                    given: [{input: ref('e'), rows: [{x: 2}]}]
                    expect: {rows: [{x: 4}]}
                """
            )
        );

        Assert.False(await shop.TryPublishAsync());
        Assert.Equal("Fail", shop.Observer.StatusOf("e::of_it"));
        Assert.Equal("Pass", shop.Observer.StatusOf("b::of_its_reader"));
        Assert.Equal("Skipped", shop.Observer.StatusOf("gold.b"));
    }

    [Fact]
    public async Task Each_version_is_tested_that_the_test_names()
    {
        await using var shop = await Workshop.OpenAsync(
            postgres,
            ("models/a.sql", "select 1 as x"),
            ("models/m_v1.sql", "select x from {{ ref('a') }}"),
            ("models/m_v2.sql", "select x + 1 as x from {{ ref('a') }}"),
            ("models/m_v3.sql", "select x from {{ ref('a') }}"),
            (
                "models/unit.yml",
                """
                models:
                  - name: m
                    latest_version: 3
                    versions: [{v: 1}, {v: 2}, {v: 3}]
                unit_tests:
                  - name: keeps
                    model: m
                    versions: {exclude: [2]}
                    given: [{input: ref('a'), rows: [{x: 2}]}]
                    expect: {rows: [{x: 2}]}
                  - name: adds
                    model: m
                    versions: {include: [2]}
                    given: [{input: ref('a'), rows: [{x: 2}]}]
                    expect: {rows: [{x: 3}]}
                """
            )
        );

        await shop.PublishAsync();

        Assert.Equal(
            ["m::adds_v2", "m::keeps_v1", "m::keeps_v3"],
            shop.Observer.Results.Where(result => result.Kind == "unit_test")
                .Select(result => result.Name)
                .Order(StringComparer.Ordinal)
        );
    }

    [Fact]
    public async Task A_wrong_column_is_named_where_it_stands()
    {
        await using var shop = await OpenAsync(
            """
              - name: wrong_input
                model: my_model
                given:
                  - input: ref('my_model_a')
                    rows: [{id: 1, string_aa: 1}]
                  - input: ref('my_model_b')
                    rows: []
                expect:
                  rows: []
              - name: wrong_output
                model: my_model
                given:
                  - input: ref('my_model_a')
                    rows: []
                  - input: ref('my_model_b')
                    rows: []
                expect:
                  rows: [{invalid_column_name: 3}]
            """
        );

        Assert.False(await shop.TryPublishAsync());

        Assert.Equal(
            [
                "models/unit.yml(7,24,7,33): error ASQL6016: Invalid column name: 'string_aa' in unit test fixture for 'my_model_a'. Accepted columns for 'my_model_a' are: a, id, not_testing, string_a, date_a; did you mean 'string_a'?",
                "models/unit.yml(20,15,20,34): error ASQL6016: Invalid column name: 'invalid_column_name' in unit test fixture for expected output. Accepted columns for expected output are: c, string_c, date_a",
            ],
            shop.Observer.Errors.Order(StringComparer.Ordinal).Reverse()
        );
    }

    [Fact]
    public async Task What_the_server_refuses_is_reported_where_the_rows_stand()
    {
        await using var shop = await OpenAsync(
            """
              - name: no_number
                model: my_model
                given:
                  - input: ref('my_model_a')
                    rows: [{id: 1, a: one}]
                  - input: ref('my_model_b')
                    rows: []
                expect:
                  rows: []
            """
        );

        Assert.False(await shop.TryPublishAsync());

        Assert.Equal(
            "models/unit.yml(6,16,6,33): error ASQL6016: unit test 'no_number' could not run: invalid input syntax for type integer: \"one\" (SQLSTATE 22P02)",
            Assert.Single(shop.Observer.Errors)
        );
        Assert.Equal("Error", shop.Observer.StatusOf("my_model::no_number"));
    }

    [Fact]
    public async Task An_input_that_is_missing_is_an_error()
    {
        await using var shop = await OpenAsync(
            """
              - name: half
                model: my_model
                given:
                  - input: ref('my_model_a')
                    rows: []
                expect:
                  rows: []
            """
        );

        Assert.False(await shop.TryPublishAsync());

        Assert.Equal(
            "models/unit.yml(3,11,3,15): error ASQL0024: the unit test 'half' must give rows for ref('my_model_b'), which 'my_model' reads; '- input: ref('my_model_b')' with 'rows: []' gives none",
            Assert.Single(shop.Observer.Errors)
        );
    }

    [Fact]
    public async Task With_the_cut_over_node_by_node_the_model_stays_as_it_was()
    {
        await using var shop = await Workshop.OpenAsync(
            postgres,
            ("models/a.sql", "select 1 as x"),
            ("models/b.sql", "{{ config(materialized='table') }} select x from {{ ref('a') }}")
        );
        await shop.PublishAsync();
        shop.Write(
            ("models/a.sql", "select 5 as x"),
            ("models/b.sql", "{{ config(materialized='table') }} select x + 1 as x from {{ ref('a') }}"),
            (
                "models/unit.yml",
                "unit_tests: [{name: t, model: b, given: [{input: ref('a'), rows: [{x: 1}]}], expect: {rows: [{x: 3}]}}]"
            )
        );
        shop.Mode = CutOverMode.Node;

        Assert.False(await shop.TryPublishAsync());

        Assert.Equal("Fail", shop.Observer.StatusOf("b::t"));
        Assert.Equal("Skipped", shop.Observer.StatusOf("gold.b"));
        Assert.Equal(["5"], await shop.QueryAsync("select x from gold.a"));
        Assert.Equal(["1"], await shop.QueryAsync("select x from gold.b"));
    }

    private Task<Workshop> OpenAsync(string unitTests) =>
        Workshop.OpenAsync(postgres, [.. Parents, ("models/unit.yml", $"version: 2\nunit_tests:\n{unitTests}")]);
}
