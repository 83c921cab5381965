using Analytics.Deployment.Tests.Support;
using Analytics.Testing;
using Npgsql;

namespace Analytics.Deployment.Tests.Applying;

public sealed class HookTests(PostgresFixture postgres)
{
    private const string Note =
        "insert into {{ this.schema }}.notes (place, relation, xid) values ('PLACE', '{{ this }}', txid_current())";

    private const string ProjectWithNotes = """
        name: shop
        on-run-start: "create table if not exists {{ target.schema }}.notes (id serial, place text, relation text, xid bigint)"
        """;

    private static string NoteAt(string place) => Note.Replace("PLACE", place, StringComparison.Ordinal);

    [Theory]
    [InlineData("models/a.sql", "{{ config(materialized='table') }} select 1 as v")]
    [InlineData("models/a.sql", "{{ config(materialized='view') }} select 1 as v")]
    [InlineData("models/a.sql", "{{ config(materialized='incremental', unique_key='v') }} select 1 as v")]
    [InlineData(
        "snapshots/a.sql",
        "{% snapshot a %}{{ config(unique_key='v', strategy='check', check_cols='all') }} select 1 as v{% endsnapshot %}"
    )]
    [InlineData("seeds/a.csv", "v\n1\n")]
    public async Task Hooks_run_before_and_after_every_materialization_and_know_the_final_name(string path, string text)
    {
        await using var shop = await Workshop.OpenAsync(postgres, (path, text));
        shop.Write(
            (
                "dbt_project.yml",
                ProjectWithNotes
                    + $$"""

                    {{path.Split('/')[0]}}:
                      +pre-hook: "{{NoteAt("before")}}"
                      +post-hook:
                        - "{{NoteAt("after")}}"
                        - {sql: "{{NoteAt("last")}}", transaction: false}
                    """
            )
        );

        await shop.PublishAsync();
        await shop.PublishAsync();

        var name = $"\"{shop.Database.Name}\".\"gold\".\"a\"";
        Assert.Equal(
            [$"before|{name}", $"after|{name}", $"last|{name}", $"before|{name}", $"after|{name}", $"last|{name}"],
            await shop.QueryAsync("select place, relation from gold.notes order by id")
        );
        Assert.Equal(["1"], await shop.QueryAsync("select v from gold.a"));
    }

    [Fact]
    public async Task What_a_hook_does_to_a_new_table_is_seen_by_tests_and_by_what_reads_it()
    {
        await using var shop = await Workshop.OpenAsync(
            postgres,
            ("seeds/s.csv", "id\n1\n2\n"),
            (
                "seeds/s.yml",
                """
                seeds:
                  - name: s
                    config:
                      post-hook:
                        - "alter table {{ this }} add column fresh int"
                        - "update {{ this }} set fresh = id * 10"
                        - "create index by_fresh on {{ this }} (fresh)"
                        - "comment on table {{ this.schema }}.{{ this.identifier }} is 'hooked'"
                        - "grant select on {{ this }} to pg_monitor"
                    columns: [{name: fresh, data_tests: [not_null]}]
                """
            ),
            ("models/m.sql", "{{ config(materialized='table') }} select sum(fresh) as total from {{ ref('s') }}")
        );
        await shop.PublishAsync();
        await shop.ExecuteAsync("revoke select on gold.s from pg_monitor");

        await shop.PublishAsync();

        Assert.Equal(["30"], await shop.QueryAsync("select total from gold.m"));
        Assert.Equal(
            ["hooked|True|gold.by_fresh"],
            await shop.QueryAsync(
                "select obj_description('gold.s'::regclass, 'pg_class'), has_table_privilege('pg_monitor', 'gold.s', 'select'), 'gold.by_fresh'::regclass::text"
            )
        );
    }

    [Fact]
    public async Task Hooks_in_the_transaction_share_it_with_the_relation_and_settings_end_with_it()
    {
        await using var shop = await Workshop.OpenAsync(
            postgres,
            (
                "models/a.sql",
                """
                {{ config(materialized='table',
                    pre_hook=["set local work_mem = '77MB'", before_begin("set statement_timeout = '55min'")],
                    post_hook=after_commit("vacuum {{ this }}")) }}
                select current_setting('work_mem') as mem, current_setting('statement_timeout') as timeout, txid_current() as xid
                """
            ),
            (
                "models/b.sql",
                "{{ config(materialized='table', pre_hook='create temp table once as select 9 as v') }} select v from once"
            ),
            (
                "models/z.sql",
                "-- depends_on: {{ ref('b') }}, {{ ref('a') }}\n{{ config(materialized='table') }} select current_setting('statement_timeout') as timeout, to_regclass('once') is null as gone"
            )
        );

        await shop.PublishAsync(workers: 1);

        Assert.Equal(["0|True"], await shop.QueryAsync("select timeout, gone from gold.z"));

        Assert.Equal(["77MB|55min"], await shop.QueryAsync("select mem, timeout from gold.a"));
        Assert.Equal(["9"], await shop.QueryAsync("select v from gold.b"));
    }

    [Theory]
    [InlineData("table", "pre_hook")]
    [InlineData("table", "post_hook")]
    [InlineData("view", "post_hook")]
    public async Task A_hook_that_fails_is_an_error_at_its_config_and_nothing_becomes_live(string kind, string hook)
    {
        await using var shop = await Workshop.OpenAsync(
            postgres,
            ("models/a.sql", $"{{{{ config(materialized='{kind}') }}}} select 1 as v")
        );
        await shop.PublishAsync();
        shop.Write(
            ("models/a.sql", $"{{{{ config(materialized='{kind}',\n  {hook}='select 1 / 0') }}}} select 2 as v")
        );

        Assert.False(await shop.TryPublishAsync());

        var error = Assert.Single(shop.Observer.Errors);
        Assert.StartsWith("models/a.sql(2,", error);
        Assert.Contains("ASQL6004: 'a' failed: in a hook: division by zero (SQLSTATE 22012)", error);
        Assert.Equal(["1"], await shop.QueryAsync("select v from gold.a"));
        Assert.Empty(await shop.StagingSchemasAsync());
    }

    [Fact]
    public async Task A_hook_after_the_commit_that_fails_is_an_error_and_the_relation_is_live()
    {
        await using var shop = await Workshop.OpenAsync(
            postgres,
            (
                "models/a.sql",
                "{{ config(materialized='table', post_hook={'sql': 'select 1 / 0', 'transaction': false}) }} select 2 as v"
            )
        );

        Assert.False(await shop.TryPublishAsync());

        Assert.Contains("in a hook: division by zero", Assert.Single(shop.Observer.Errors));
        Assert.Equal(["2"], await shop.QueryAsync("select v from gold.a"));
    }

    [Fact]
    public async Task Macros_in_hooks_may_query_and_write_and_find_the_staged_relations()
    {
        await using var shop = await Workshop.OpenAsync(
            postgres,
            (
                "macros/m.sql",
                """
                {% macro count_of(relation) %}
                  {% set found = run_query('select count(*) as n from ' ~ relation) %}
                  {% set names = adapter.get_columns_in_relation(relation) | map(attribute='name') | join(',') %}
                  {% do run_query("create table if not exists " ~ relation.schema ~ ".counts (n int, names text)") %}
                  insert into {{ relation.schema }}.counts values ({{ found.columns[0].values()[0] }}, '{{ names }}')
                {% endmacro %}
                """
            ),
            ("models/up.sql", "{{ config(materialized='table') }} select 1 as x, 2 as y union all select 3, 4"),
            (
                "models/a.sql",
                "{{ config(materialized='table', post_hook='{{ count_of(this) }}', pre_hook=\"{{ count_of(ref('up')) }}\") }} select 1 as v"
            )
        );

        await shop.PublishAsync();

        Assert.Equal(["2|x,y", "1|v"], await shop.QueryAsync("select n, names from gold.counts"));
    }

    [Fact]
    public async Task Hooks_of_the_run_know_its_results_and_schemas()
    {
        await using var shop = await Workshop.OpenAsync(
            postgres,
            (
                "dbt_project.yml",
                """
                name: shop
                on-run-start:
                  - "create table if not exists {{ target.schema }}.log (line text)"
                  - "insert into {{ target.schema }}.log values ('start {{ execute }}'); insert into {{ target.schema }}.log values ('two')"
                on-run-end: >
                  {% for result in results %}
                  insert into {{ target.schema }}.log
                  values ('{{ result.status }} {{ result.node.name }} {{ result.node.config.materialized }} {{ result.to_dict()["unique_id"] }}');
                  {% endfor %}
                  insert into {{ target.schema }}.log values ('{{ schemas | join(",") }} {{ database_schemas[0][1] }}');
                """
            ),
            ("models/a.sql", "{{ config(materialized='table') }} select 1 as v"),
            ("models/b.sql", "{{ config(schema='bi') }} select v from {{ ref('a') }}"),
            ("tests/t.sql", "select * from {{ ref('a') }} where v < 1")
        );

        await shop.PublishAsync(workers: 1);

        Assert.Equal(
            [
                "start True",
                "two",
                "success a table model.shop.a",
                "pass t test test.shop.t",
                "success b view model.shop.b",
                "gold,gold_bi gold",
            ],
            await shop.QueryAsync("select line from gold.log")
        );
    }

    [Fact]
    public async Task After_a_red_run_the_last_hook_sees_that_nothing_became_live()
    {
        await using var shop = await Workshop.OpenAsync(
            postgres,
            (
                "dbt_project.yml",
                """
                name: shop
                on-run-end: "create table {{ target.schema }}.log as select '{{ results | map(attribute='status') | join(',') }}' as line, '{{ schemas | length }}' as schemas"
                """
            ),
            ("models/a.sql", "{{ config(materialized='table') }} select 1 as v"),
            ("tests/t.sql", "select * from {{ ref('a') }}")
        );

        Assert.False(await shop.TryPublishAsync());

        Assert.Equal(["skipped,fail|0"], await shop.QueryAsync("select * from gold.log"));
        Assert.Empty(await shop.StagingSchemasAsync());
    }

    [Fact]
    public async Task A_first_hook_that_fails_stops_the_run_before_its_nodes()
    {
        await using var shop = await Workshop.OpenAsync(
            postgres,
            ("dbt_project.yml", "name: shop\non-run-start: select 1 / 0\n"),
            ("models/a.sql", "select 1 as v")
        );

        Assert.False(await shop.TryPublishAsync());

        Assert.Contains("dbt_project.yml(2,15,2,27): error ASQL6004", Assert.Single(shop.Observer.Errors));
        Assert.Empty(shop.Observer.Results);
        Assert.Empty(await shop.QueryAsync("select nspname from pg_namespace where nspname like 'gold%'"));
    }

    [Fact]
    public async Task A_listener_hears_of_a_view_when_it_is_live()
    {
        await using var shop = await Workshop.OpenAsync(
            postgres,
            ("models/a.sql", "{{ config(post_hook=\"notify published, '{{ this.name }}'\") }} select 1 as v")
        );
        await using var listener = new NpgsqlConnection(shop.Database.ConnectionString);
        await listener.OpenAsync(TestContext.Current.CancellationToken);
        var heard = new List<string>();
        listener.Notification += (_, message) => heard.Add(message.Payload);
        await using var listen = new NpgsqlCommand("listen published", listener);
        await listen.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);

        await shop.PublishAsync();

        await listen.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
        Assert.Equal(["a"], heard);
    }
}
