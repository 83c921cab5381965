using Analytics.Deployment.Tests.Support;
using Analytics.Testing;

namespace Analytics.Deployment.Tests.Testing;

public sealed class DataTestConfigTests(PostgresFixture postgres)
{
    private const string Numbers = "{{ config(materialized='table') }} select n from generate_series(1, 10) n";

    [Theory]
    [InlineData("severity: error", "Fail", "Got 10 results, configured to fail if != 0")]
    [InlineData("severity: WARN", "Warn", "Got 10 results, configured to warn if != 0")]
    [InlineData("error_if: '> 10'", "Warn", "Got 10 results, configured to warn if != 0")]
    [InlineData("error_if: '> 10', warn_if: '> 10'", "Pass", "")]
    [InlineData("error_if: '>= 10', warn_if: '> 99'", "Fail", "Got 10 results, configured to fail if >= 10")]
    [InlineData("severity: warn, error_if: '>= 10', warn_if: '> 99'", "Pass", "")]
    [InlineData(
        "error_if: 'between 3 and 4', limit: 4",
        "Fail",
        "Got 4 results, configured to fail if between 3 and 4"
    )]
    [InlineData("fail_calc: 'sum(n)'", "Fail", "Got 55 results, configured to fail if != 0")]
    [InlineData("fail_calc: 'sum(n)', limit: 1", "Fail", "Got 1 result, configured to fail if != 0")]
    [InlineData("where: 'n > 8'", "Fail", "Got 2 results, configured to fail if != 0")]
    [InlineData("where: 'n > 10'", "Pass", "")]
    [InlineData("where: \"n > 8 and 'it''s' <> '%'\", limit: 1", "Fail", "Got 1 result, configured to fail if != 0")]
    public async Task The_verdict_is_what_the_config_makes_of_what_is_found(
        string config,
        string status,
        string message
    )
    {
        await using var shop = await Workshop.OpenAsync(
            postgres,
            ("models/a.sql", Numbers),
            ("models/a.yml", $"models: [{{name: a, data_tests: [{{all_rows: {{config: {{{config}}}}}}}]}}]"),
            ("macros/t.sql", "{% test all_rows(model) %}select n from {{ model }} order by n{% endtest %}")
        );

        Assert.Equal(status != "Fail", await shop.TryPublishAsync());

        var result = shop.Observer.Results.Single(result => result.Kind == "test");
        Assert.Equal((status, message), (result.Status.ToString(), result.Message));
    }

    [Fact]
    public async Task A_test_that_is_not_enabled_does_not_run_and_a_tag_selects_one()
    {
        await using var shop = await Workshop.OpenAsync(
            postgres,
            ("models/a.sql", Numbers),
            (
                "models/a.yml",
                """
                models:
                  - name: a
                    columns:
                      - name: n
                        data_tests: [unique: {config: {enabled: false}}, not_null: {config: {tags: [nightly]}}]
                """
            ),
            ("tests/none.sql", "{{ config(tags='nightly') }} select * from {{ ref('a') }} where n < 0"),
            ("tests/other.sql", "select * from {{ ref('a') }} where n < 0")
        );

        await shop.PublishAsync();
        Assert.Equal(["none", "not_null_a_n", "other"], Tests(shop));

        await shop.PublishAsync(select: "tag:nightly");
        Assert.Equal(["none", "not_null_a_n"], Tests(shop));
    }

    [Fact]
    public async Task Failing_rows_are_kept_where_dbt_keeps_them_also_when_nothing_is_published()
    {
        await using var shop = await Workshop.OpenAsync(
            postgres,
            ("models/a.sql", Numbers),
            (
                "models/a.yml",
                """
                models:
                  - name: a
                    columns:
                      - name: n
                        data_tests:
                          - accepted_values:
                              arguments: {values: [1, 2, 3, 4, 5, 6, 7, 8], quote: false}
                              config: {store_failures: true, limit: 1}
                          - unique: {config: {store_failures_as: table, schema: audit, alias: twice}}
                """
            )
        );

        Assert.False(await shop.TryPublishAsync());

        var kept = shop.Observer.Results.Single(result => result.Name.StartsWith("accepted", StringComparison.Ordinal));
        var alias = "accepted_values_a_n__False__1__2__3__4__5__6__7__8";
        Assert.Equal($"\"{shop.Database.Name}\".\"gold_dbt_test__audit\".\"{alias}\"", kept.RelationSql);
        Assert.Equal("Got 1 result, configured to fail if != 0", kept.Message);
        Assert.Contains(
            $"'{alias}' found 1 failing row, kept in gold_dbt_test__audit.{alias}: (value_field=",
            Assert.Single(shop.Observer.Errors)
        );

        // The limit is one of what is counted.
        Assert.Equal(
            ["9|1", "10|1"],
            await shop.QueryAsync(
                "select * from gold_dbt_test__audit.\"accepted_values_a_n__False__1__2__3__4__5__6__7__8\" order by 1"
            )
        );
        Assert.Equal(["0"], await shop.QueryAsync("select count(*) from gold_audit.twice"));
        Assert.Equal(["0"], await shop.QueryAsync("select count(*) from pg_namespace where nspname = 'gold'"));
    }

    [Fact]
    public async Task A_first_publish_that_fails_before_its_tests_leaves_no_empty_audit_schema()
    {
        await using var shop = await Workshop.OpenAsync(
            postgres,
            ("models/a.sql", "{{ config(materialized='table') }} select 1 / (select 0) as n"),
            ("models/a.yml", "models: [{name: a, columns: [{name: n, data_tests: [not_null]}]}]")
        );
        shop.StoreFailures = true;

        Assert.False(await shop.TryPublishAsync());

        Assert.Equal(["0"], await shop.QueryAsync("select count(*) from pg_namespace where nspname like 'gold%'"));
    }

    [Fact]
    public async Task Kept_rows_are_replaced_under_what_others_built_on_them_and_granted()
    {
        await using var shop = await Workshop.OpenAsync(
            postgres,
            ("models/a.sql", Numbers),
            (
                "tests/big.sql",
                "{{ config(store_failures=true, severity='warn') }} select n from {{ ref('a') }} where n > 8"
            )
        );
        await shop.PublishAsync();
        await shop.ExecuteAsync(
            "create view public.board as select count(*) as n from gold_dbt_test__audit.big; grant select on gold_dbt_test__audit.big to public"
        );

        shop.Write(("models/a.sql", Numbers.Replace("10", "12", StringComparison.Ordinal)));
        await shop.PublishAsync();

        Assert.Equal(["4"], await shop.QueryAsync("select n from public.board"));
        Assert.Equal(
            ["True"],
            await shop.QueryAsync("select relacl::text like '%=r/%' from pg_class where relname = 'big'")
        );

        // Other columns need another table, and that is not taken from under the view.
        shop.Write(
            ("tests/big.sql", "{{ config(store_failures=true, severity='warn') }} select n, n as m from {{ ref('a') }}")
        );
        Assert.False(await shop.TryPublishAsync());
        Assert.Contains("view board depends on table gold_dbt_test__audit.big", shop.Observer.Errors.Single());
        Assert.Equal(["4"], await shop.QueryAsync("select n from public.board"));

        await shop.ExecuteAsync("drop view public.board");
        await shop.PublishAsync();
        Assert.Equal(["12"], await shop.QueryAsync("select count(m) from gold_dbt_test__audit.big"));
    }

    [Fact]
    public async Task A_view_of_failing_rows_reads_the_published_relations_and_a_failed_publish_leaves_the_rows()
    {
        await using var shop = await Workshop.OpenAsync(
            postgres,
            ("models/a.sql", Numbers),
            (
                "tests/big.sql",
                "{{ config(store_failures_as='view', error_if='> 2') }} select n from {{ ref('a') }} where n > 8"
            )
        );
        await shop.PublishAsync();
        Assert.Equal(["v"], await KindAsync(shop));
        await shop.ExecuteAsync("insert into gold.a values (100)");
        Assert.Equal(["3"], await shop.QueryAsync("select count(*) from gold_dbt_test__audit.big"));

        shop.Write(("models/a.sql", Numbers.Replace("10", "20", StringComparison.Ordinal)));
        Assert.False(await shop.TryPublishAsync());
        Assert.Equal(["r"], await KindAsync(shop));
        Assert.Equal(["12"], await shop.QueryAsync("select count(*) from gold_dbt_test__audit.big"));
        Assert.Equal(["11"], await shop.QueryAsync("select count(*) from gold.a"));

        shop.Write(("models/a.sql", Numbers));
        await shop.PublishAsync();
        Assert.Equal(["v"], await KindAsync(shop));
        Assert.Equal(["2"], await shop.QueryAsync("select count(*) from gold_dbt_test__audit.big"));
    }

    [Fact]
    public async Task A_test_of_what_was_there_before_shows_its_rows_by_a_view_also_when_it_fails()
    {
        await using var shop = await Workshop.OpenAsync(
            postgres,
            ("models/a.sql", "{{ config(materialized='table') }} select 1 as n")
        );
        await shop.PublishAsync();
        shop.Write(("tests/big.sql", "{{ config(store_failures_as='view') }} select n from {{ ref('a') }}"));

        Assert.False(await shop.TryPublishAsync("big"));

        Assert.Equal(
            ["v"],
            await shop.QueryAsync("select relkind from pg_class where oid = 'gold_dbt_test__audit.big'::regclass")
        );
        await shop.ExecuteAsync("insert into gold.a values (2)");
        Assert.False(await shop.TryPublishAsync("big"));
        Assert.Equal(["2"], await shop.QueryAsync("select count(*) from gold_dbt_test__audit.big"));
    }

    [Fact]
    public async Task The_property_keeps_rows_where_no_config_says_otherwise_and_not_null_keeps_them_whole()
    {
        await using var shop = await Workshop.OpenAsync(
            postgres,
            ("models/a.sql", "select 7 as id, null::int as n"),
            (
                "models/a.yml",
                """
                models:
                  - name: a
                    columns:
                      - name: n
                        data_tests: [not_null: {config: {severity: warn}}]
                      - name: id
                        data_tests:
                          - unique: {config: {store_failures: false}}
                          - not_null: {config: {store_failures: true, store_failures_as: ephemeral}}
                """
            )
        );
        shop.StoreFailures = true;
        await shop.PublishAsync();

        Assert.Equal(
            ["not_null_a_n"],
            await shop.QueryAsync("select tablename from pg_tables where schemaname = 'gold_dbt_test__audit'")
        );
        Assert.Equal(["7|"], await shop.QueryAsync("select id, n from gold_dbt_test__audit.not_null_a_n"));
        Assert.Null(shop.Observer.Results.Single(result => result.Name == "unique_a_id").RelationSql);
    }

    private static Task<IReadOnlyList<string>> KindAsync(Workshop shop) =>
        shop.QueryAsync("select relkind from pg_class where relname = 'big'");

    private static IEnumerable<string> Tests(Workshop shop) =>
        shop
            .Observer.Results.Where(result => result.Kind == "test")
            .Select(result => result.Name)
            .Order(StringComparer.Ordinal);
}
