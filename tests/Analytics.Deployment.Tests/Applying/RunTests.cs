using Analytics.Deployment.Applying.Connecting;
using Analytics.Deployment.Tests.Support;
using Analytics.Testing;
using Npgsql;

namespace Analytics.Deployment.Tests.Applying;

public sealed class RunTests(PostgresFixture postgres)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_fail_calc_must_give_one_row()
    {
        await using var shop = await Workshop.OpenAsync(
            postgres,
            ("models/a.sql", "select 1 as id where false"),
            ("models/a.yml", "models:\n  - name: a\n    data_tests: [is_empty, is_still_empty]\n"),
            (
                "macros/tests.sql",
                """
                {% test is_empty(model) %}{{ config(fail_calc='n') }}select count(*) as n from {{ model }} having count(*) > 0{% endtest %}
                {% test is_still_empty(model) %}{{ config(fail_calc='coalesce(sum(n), 0)') }}select count(*) as n from {{ model }}{% endtest %}
                """
            )
        );
        Assert.False(await shop.TryPublishAsync());

        Assert.Equal(
            [
                "models/a.yml(3,18,3,26): error ASQL7003: test 'is_empty_a_' could not run: its fail_calc 'n' gives 0 rows over what the test finds, but it must give one, as 'count(*)' does",
            ],
            shop.Observer.Errors
        );
    }

    [Fact]
    public async Task What_reads_a_node_that_failed_is_skipped_and_the_rest_is_built()
    {
        await using var shop = await Workshop.OpenAsync(
            postgres,
            ("models/bad.sql", "{{ config(materialized='table') }} select 1 / (select 0) as v"),
            ("models/child.sql", "select * from {{ ref('bad') }}"),
            ("models/grandchild.sql", "{{ config(materialized='table') }} select * from {{ ref('child') }}"),
            ("models/other.sql", "{{ config(materialized='table') }} select 1 as v"),
            ("models/schema.yml", "models: [{name: child, columns: [{name: v, data_tests: [not_null]}]}]")
        );

        Assert.False(await shop.TryPublishAsync());

        Assert.Equal("Error", shop.Observer.StatusOf("gold.bad"));
        Assert.Equal("Skipped", shop.Observer.StatusOf("gold.child"));
        Assert.Equal("Skipped", shop.Observer.StatusOf("gold.grandchild"));
        Assert.Equal("Skipped", shop.Observer.StatusOf("not_null_child_v"));
        Assert.Equal("Success", shop.Observer.StatusOf("gold.other"));
        Assert.Equal(
            "gold.bad failed",
            shop.Observer.Results.Single(result => result.Name == "gold.grandchild").Message
        );
        Assert.Equal([1, 2, 3, 4, 5], shop.Observer.Results.Select(result => result.Position));
        Assert.Equal(["0"], await shop.QueryAsync("select count(*) from pg_tables where schemaname like 'gold%'"));
    }

    [Fact]
    public async Task A_failing_test_stops_what_reads_its_node_and_a_warning_does_not()
    {
        await using var shop = await Workshop.OpenAsync(
            postgres,
            ("models/a.sql", "select null::int as v"),
            ("models/b.sql", "{{ config(materialized='table') }} select v from {{ ref('a') }}"),
            (
                "models/schema.yml",
                "models: [{name: a, columns: [{name: v, data_tests: [not_null: {config: {severity: warn}}]}]}]"
            )
        );
        await shop.PublishAsync();
        Assert.Equal("Warn", shop.Observer.StatusOf("not_null_a_v"));
        Assert.Contains(
            "ASQL7002: test 'not_null_a_v' found 1 failing row: (v=null)",
            Assert.Single(shop.Observer.Diagnostics).ToString()
        );

        shop.Write(("models/schema.yml", "models: [{name: a, columns: [{name: v, data_tests: [not_null]}]}]"));
        Assert.False(await shop.TryPublishAsync());
        Assert.Equal("Fail", shop.Observer.StatusOf("not_null_a_v"));
        Assert.Equal(
            "not_null_a_v did not pass",
            shop.Observer.Results.Single(result => result.Name == "gold.b").Message
        );
    }

    [Fact]
    public async Task An_error_of_the_server_points_at_the_author_s_line()
    {
        await using var shop = await Workshop.OpenAsync(
            postgres,
            (
                "models/a.sql",
                "{{ config(materialized='table') }}\nselect '€😀' as money,\n  {% if true %}missing_column{% endif %} as v\nfrom (select 1 as x) t"
            )
        );

        Assert.False(await shop.TryPublishAsync());

        var error = Assert.Single(shop.Observer.Errors);
        Assert.StartsWith(
            "models/a.sql(3,16,3,30): error ASQL6004: 'a' failed: column \"missing_column\" does not exist",
            error
        );
        Assert.Contains("SQLSTATE 42703", error);
    }

    [Fact]
    public async Task An_error_in_a_test_points_at_the_test()
    {
        await using var shop = await Workshop.OpenAsync(
            postgres,
            ("models/a.sql", "select 1 as v"),
            ("tests/broken.sql", "select *\nfrom {{ ref('a') }}\nwhere nothing > 1")
        );

        Assert.False(await shop.TryPublishAsync());

        Assert.StartsWith("tests/broken.sql(3,7,3,14): error ASQL7003", Assert.Single(shop.Observer.Errors));
    }

    [Fact]
    public async Task A_value_that_does_not_fit_a_seed_s_column_is_named_with_its_line()
    {
        await using var shop = await Workshop.OpenAsync(
            postgres,
            ("seeds/s.csv", "id,day\n1,2024-01-01\n2,soon\n"),
            ("dbt_project.yml", "name: shop\nversion: '1.0'\nseeds: {shop: {s: {+column_types: {day: date}}}}\n")
        );

        Assert.False(await shop.TryPublishAsync());

        var error = Assert.Single(shop.Observer.Errors);
        Assert.Contains("invalid input syntax for type date: \"soon\"; COPY s, line 2, column day", error);
    }

    [Fact]
    public async Task A_cancelled_publish_leaves_the_old_relations_and_nothing_else()
    {
        await using var shop = await Workshop.OpenAsync(
            postgres,
            ("models/a.sql", "{{ config(materialized='table') }} select 1 as v")
        );
        await shop.PublishAsync();
        shop.Write(
            ("models/a.sql", "{{ config(materialized='table') }} select 2 as v"),
            (
                "models/slow.sql",
                "{{ config(materialized='table') }} select pg_sleep(600)::text as v from {{ ref('a') }}"
            )
        );
        using var cancel = CancellationTokenSource.CreateLinkedTokenSource(Token);
        var observer = new RecordingObserver();
        observer.OnStarted = name =>
        {
            if (name.EndsWith("slow", StringComparison.Ordinal))
            {
                cancel.CancelAfter(100);
            }
        };

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() =>
            shop.TryPublishAsync(observer: observer, cancellation: cancel.Token)
        );

        Assert.Equal(["1"], await shop.QueryAsync("select v from gold.a"));
        Assert.Empty(await shop.StagingSchemasAsync());
        Assert.Equal(
            ["0"],
            await shop.QueryAsync(
                "select count(*) from pg_stat_activity where query like '%pg_sleep%' and pid <> pg_backend_pid() and datname = current_database() and state = 'active'"
            )
        );
    }

    [Fact]
    public async Task What_a_killed_publish_left_is_dropped_by_the_next_one()
    {
        await using var shop = await Workshop.OpenAsync(
            postgres,
            ("models/a.sql", "{{ config(materialized='table') }} select 1 as v")
        );
        var key = PublishLock.Of("shop", shop.Database.Name, "gold").Key;
        foreach (var schema in new[] { "gold__next", "older__next" })
        {
            await shop.ExecuteAsync(
                $"create schema {schema}; comment on schema {schema} is 'analytics-sdk staging {key}'; create table {schema}.a (x int); create view {schema}.b as select x from {schema}.a"
            );
        }

        await shop.PublishAsync();

        Assert.Equal(["1"], await shop.QueryAsync("select v from gold.a"));
        Assert.Empty(await shop.StagingSchemasAsync());
    }

    [Fact]
    public async Task A_schema_that_is_not_ours_is_never_dropped()
    {
        await using var shop = await Workshop.OpenAsync(postgres, ("models/a.sql", "select 1 as v"));
        await shop.ExecuteAsync("create schema gold__next; create table gold__next.precious (x int)");

        Assert.False(await shop.TryPublishAsync());

        Assert.Contains("ASQL6011: schema 'gold__next'", Assert.Single(shop.Observer.Errors));
        Assert.Equal(["0"], await shop.QueryAsync("select count(*) from gold__next.precious"));
    }

    [Fact]
    public async Task What_a_killed_publish_of_a_neighbour_left_is_dropped_and_a_running_one_is_respected()
    {
        await using var shop = await Workshop.OpenAsync(postgres, ("models/a.sql", "select 1 as v"));
        var other = PublishLock.Of("another project", shop.Database.Name, "gold");
        await shop.ExecuteAsync(
            $"create schema gold__next; comment on schema gold__next is 'analytics-sdk staging {other.Key}'"
        );
        await using (var running = new NpgsqlConnection(shop.Database.ConnectionString))
        {
            await running.OpenAsync(Token);
            Assert.Null(await other.TryTakeAsync(running, Token));

            Assert.False(await shop.TryPublishAsync());
            Assert.Contains("another publish is building there (server process", Assert.Single(shop.Observer.Errors));
            await other.ReleaseAsync(running, Token);
        }

        await shop.PublishAsync();
    }

    [Fact]
    public async Task The_lock_is_given_to_one_and_names_its_holder()
    {
        await using var database = await postgres.CreateDatabaseAsync(cancellationToken: Token);
        var key = PublishLock.Of("shop", database.Name, "gold");
        var named = new NpgsqlConnectionStringBuilder(database.ConnectionString) { ApplicationName = "the first" };
        await using var first = new NpgsqlConnection(named.ConnectionString);
        await using var second = new NpgsqlConnection(database.ConnectionString);
        await first.OpenAsync(Token);
        await second.OpenAsync(Token);

        Assert.Null(await key.TryTakeAsync(first, Token));
        var holder = await key.TryTakeAsync(second, Token);
        Assert.Contains($"server process {first.ProcessID}, 'the first' of user dbt, since ", holder);
        Assert.Null(await PublishLock.Of("shop", database.Name, "dbt_ann").TryTakeAsync(second, Token));
    }

    [Fact]
    public async Task A_connection_that_a_killed_publish_left_behind_is_ended()
    {
        await using var database = await postgres.CreateDatabaseAsync(cancellationToken: Token);
        var key = PublishLock.Of("shop", database.Name, "gold");
        await using var orphan = new NpgsqlConnection(database.ConnectionString);
        await orphan.OpenAsync(Token);
        await using (var join = new NpgsqlCommand($"select pg_advisory_lock_shared({key.MemberKey})", orphan))
        {
            await join.ExecuteNonQueryAsync(Token);
        }

        await using var next = new NpgsqlConnection(database.ConnectionString);
        await next.OpenAsync(Token);
        Assert.Null(await key.TryTakeAsync(next, Token));

        await using var ping = new NpgsqlCommand("select 1", orphan);
        await Assert.ThrowsAnyAsync<NpgsqlException>(() => ping.ExecuteScalarAsync(Token));
    }

    [Fact]
    public async Task Two_people_on_one_server_do_not_touch_each_other()
    {
        (string, string)[] project =
        [
            ("models/a.sql", "{{ config(materialized='table') }} select '{{ target.schema }}' as who"),
            ("models/b.sql", "{{ config(schema='extra') }} select who from {{ ref('a') }}"),
        ];
        await using var ann = await Workshop.OpenAsync(postgres, project);
        var bob = ann.Neighbour("dbt_bob", project);

        await ann.PublishAsync();
        await bob.PublishAsync();
        await ann.PublishAsync();

        Assert.Equal(
            ["gold|dbt_bob"],
            await ann.QueryAsync("select a.who, b.who from gold_extra.b a, dbt_bob_extra.b b")
        );
    }

    [Fact]
    public async Task Templates_may_ask_the_database_about_what_is_being_built()
    {
        await using var shop = await Workshop.OpenAsync(
            postgres,
            ("models/a.sql", "{{ config(materialized='table') }} select 1 as one, 2 as two"),
            (
                "models/b.sql",
                "select {% for column in adapter.get_columns_in_relation(ref('a')) %}{{ column.name }} as {{ column.name }}_again, {% endfor %}{% if execute %}{{ run_query('select sum(one + two) from ' ~ ref('a')).columns[0].values()[0] }}{% else %}0{% endif %} as total from {{ ref('a') }}"
            )
        );

        await shop.PublishAsync();

        Assert.Equal(["1|2|3"], await shop.QueryAsync("select one_again, two_again, total from gold.b"));
    }

    [Fact]
    public async Task Every_statement_carries_the_node_it_is_for()
    {
        await using var shop = await Workshop.OpenAsync(
            postgres,
            (
                "models/a.sql",
                "{{ config(materialized='table') }} select query as q from pg_stat_activity where pid = pg_backend_pid()"
            )
        );

        await shop.PublishAsync();

        Assert.StartsWith(
            "/* {\"app\": \"analytics-sdk\", \"target_name\": \"dev\", \"node_id\": \"model.shop.a\"} */",
            Assert.Single(await shop.QueryAsync("select q from gold.a"))
        );
    }

    [Theory]
    [InlineData("query-comment: made by {{ target.name }} for {{ node.name }}", "/* made by dev for a */")]
    [InlineData("query-comment: {comment: '{{ tag(node) }}', append: true}", "/* shop, model.shop.a */")]
    [InlineData("query-comment: ''", "create ")]
    public async Task The_project_says_what_is_written_before_statements(string line, string comment)
    {
        await using var shop = await Workshop.OpenAsync(
            postgres,
            ("dbt_project.yml", $"name: shop\n{line}\n"),
            ("macros/tag.sql", "{% macro tag(node) %}{{ node.package_name }}, {{ node.unique_id }}{% endmacro %}"),
            (
                "models/a.sql",
                "{{ config(materialized='table') }} select query as q from pg_stat_activity where pid = pg_backend_pid()"
            )
        );

        await shop.PublishAsync();

        Assert.StartsWith(comment, Assert.Single(await shop.QueryAsync("select q from gold.a")));
    }

    [Theory]
    [InlineData("end */ it", "a text without '*/'")]
    [InlineData("{{ nowhere() }}", "nowhere")]
    public async Task A_comment_that_cannot_be_written_stops_the_publish(string text, string message)
    {
        await using var shop = await Workshop.OpenAsync(
            postgres,
            ("dbt_project.yml", $"name: shop\nquery-comment: \"{text}\"\n"),
            ("models/a.sql", "select 1 as v")
        );

        Assert.False(await shop.TryPublishAsync());

        Assert.Contains(message, Assert.Single(shop.Observer.Errors));
        Assert.Empty(await shop.QueryAsync("select 1 from pg_namespace where nspname = 'gold'"));
    }
}
