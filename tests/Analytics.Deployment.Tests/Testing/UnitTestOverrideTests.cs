using Analytics.Deployment.Tests.Support;
using Analytics.Testing;

namespace Analytics.Deployment.Tests.Testing;

public sealed class UnitTestOverrideTests(PostgresFixture postgres)
{
    private const string Incremental =
        "{{ config(materialized='incremental') }} select * from {{ ref('events') }} {% if is_incremental() %}where event_time > (select max(event_time) from {{ this }}){% endif %}";

    private static readonly (string, string) Events = (
        "models/events.sql",
        "select date '2020-01-01' as event_time, 1 as event union all select date '2020-01-02', 2"
    );

    [Fact]
    public async Task Macros_variables_and_names_of_the_context_are_replaced()
    {
        await using var shop = await Workshop.OpenAsync(
            postgres,
            ("dbt_project.yml", "name: shop\nversion: '1.0'\nvars: {my_test: of_the_project}\n"),
            (
                "macros/m.sql",
                "{% macro mine() %}'mine'{% endmacro %}{% macro outer() %}{{ mine() }}{% endmacro %}{% macro boom() %}{{ exceptions.raise_compiler_error('boom') }}{% endmacro %}"
            ),
            (
                "models/b.sql",
                """
                select
                {{ dbt.string_literal(type_numeric()) }} as macro_call,
                {{ dbt.string_literal(dbt.type_numeric()) }} as of_dbt,
                {{ dbt.string_literal(type_int()) }} as bare,
                {{ dbt.string_literal(var('my_test')) }} as var_call,
                {{ dbt.string_literal(env_var('MY_TEST', 'default')) }} as env_var_call,
                {{ dbt.string_literal(invocation_id) }} as invocation_id,
                {{ outer() }} as mine,
                {{ shop.boom() if var('explode', false) else 1 }} as calm
                """
            ),
            (
                "models/unit.yml",
                """
                unit_tests:
                  - name: t
                    model: b
                    given: []
                    overrides:
                      macros:
                        type_numeric: override
                        dbt.type_int: of_dbt_override
                        invocation_id: 123
                        mine: "'theirs'"
                        shop.boom: 2
                        unknown_thing: 7
                      vars: {my_test: var_override, explode: true}
                      env_vars: {MY_TEST: env_var_override}
                    expect:
                      rows:
                        - macro_call: override
                          of_dbt: override
                          bare: of_dbt_override
                          var_call: var_override
                          env_var_call: env_var_override
                          invocation_id: 123
                          mine: theirs
                          calm: 2
                """
            )
        );

        await shop.PublishAsync();

        Assert.Equal(["of_the_project"], await shop.QueryAsync("select var_call from gold.b"));
    }

    [Fact]
    public async Task Both_ways_of_an_incremental_model_are_tested_with_and_without_a_table()
    {
        await using var shop = await Workshop.OpenAsync(
            postgres,
            Events,
            ("models/b.sql", Incremental),
            (
                "models/unit.yml",
                """
                unit_tests:
                  - name: incremental_false
                    model: b
                    overrides: {macros: {is_incremental: false}}
                    given: [{input: ref('events'), rows: [{event_time: 2020-01-01, event: 1}]}]
                    expect: {rows: [{event_time: 2020-01-01, event: 1}]}
                  - name: incremental_true
                    model: b
                    overrides: {macros: {is_incremental: true}}
                    given:
                      - input: ref('events')
                        rows:
                          - {event_time: 2020-01-01, event: 1}
                          - {event_time: 2020-01-02, event: 2}
                          - {event_time: 2020-01-03, event: 3}
                      - input: this
                        rows: [{event_time: 2020-01-01}]
                    expect:
                      rows:
                        - {event_time: 2020-01-02, event: 2}
                        - {event_time: 2020-01-03, event: 3}
                """
            )
        );

        await shop.PublishAsync();
        await shop.PublishAsync();

        Assert.Equal("Pass", shop.Observer.StatusOf("b::incremental_false"));
        Assert.Equal("Pass", shop.Observer.StatusOf("b::incremental_true"));
        Assert.Equal(["2"], await shop.QueryAsync("select count(*) from gold.b"));
    }

    [Theory]
    [InlineData(
        "overrides: {macros: {is_incremental: true}}",
        "ASQL0024: the unit test 't' of the incremental model 'b' says that is_incremental is true, so it must give the rows of the table with '- input: this'"
    )]
    [InlineData(
        "overrides: {macros: {is_incremental: wrong}}",
        "ASQL0026: the unit test 't' of the incremental model 'b' must say which way is tested: 'overrides: {macros: {is_incremental: true}}' or false"
    )]
    [InlineData(
        "description: none",
        "ASQL0026: the unit test 't' of the incremental model 'b' must say which way is tested: 'overrides: {macros: {is_incremental: true}}' or false"
    )]
    public async Task A_test_of_an_incremental_model_says_which_way_and_what_is_there(string overrides, string error)
    {
        await using var shop = await Workshop.OpenAsync(
            postgres,
            Events,
            ("models/b.sql", Incremental),
            (
                "models/unit.yml",
                $"unit_tests:\n  - name: t\n    model: b\n    {overrides}\n    given: [{{input: ref('events'), rows: []}}]\n    expect: {{rows: []}}\n"
            )
        );

        Assert.False(await shop.TryPublishAsync());

        Assert.Equal($"models/unit.yml(2,11,2,12): error {error}", Assert.Single(shop.Observer.Errors));
    }

    [Fact]
    public async Task This_has_the_parts_of_a_relation()
    {
        await using var shop = await Workshop.OpenAsync(
            postgres,
            ("models/a.sql", "select 1 as id union all select 2"),
            (
                "models/b.sql",
                "{{ config(materialized='incremental') }} select id, '{{ this.identifier }}' as me from {{ ref('a') }} {% if is_incremental() %}where id not in (select id from {{ this }}){% endif %}"
            ),
            (
                "models/unit.yml",
                """
                unit_tests:
                  - name: t
                    model: b
                    overrides: {macros: {is_incremental: true}}
                    given:
                      - {input: ref('a'), rows: [{id: 1}, {id: 2}]}
                      - {input: this, rows: [{id: 1}]}
                    expect: {rows: [{id: 2, me: b}]}
                """
            )
        );

        await shop.PublishAsync();
    }
}
