using Analytics.Deployment.Tests.Support;
using Analytics.Testing;

namespace Analytics.Deployment.Tests.Applying;

/// <summary>What templates ask the database while a publish renders them.</summary>
public sealed class TemplateQueryTests(PostgresFixture postgres)
{
    [Fact]
    public async Task Values_of_a_query_keep_their_digits_and_types()
    {
        const string model = """
            {{ config(materialized='table') }}
            {%- if execute %}
            {%- set row = run_query("select 7::numeric as n, 12345678901234567890.1234567890 as d, 0.25 as q, 99999999999999999999::numeric as b, true as t, null as z, date '2024-02-29' as day, timestamp '2024-02-29 10:11:12.5' as at, timestamptz '2024-02-29 10:11:12+00' as tz").rows[0] %}
            select '{{ row.n + 1 }}|{{ row['d'] }}|{{ row.q * 2 }}|{{ row.b + 1 }}|{{ row.t }}|{{ row.z }}|{{ row.day.strftime('%d.%m.%Y') }}|{{ row.at }}|{{ row.tz }}' as v
            {%- else %}select '' as v{% endif %}
            """;
        await using var shop = await Workshop.OpenAsync(postgres, ("models/a.sql", model));
        await shop.PublishAsync();

        Assert.Equal(
            [
                "8|12345678901234567890.1234567890|0.5|100000000000000000000|True|None|29.02.2024|2024-02-29 10:11:12.500000|2024-02-29 10:11:12+00:00",
            ],
            await shop.QueryAsync("select v from gold.a")
        );
    }

    [Fact]
    public async Task Tables_can_be_renamed_cut_and_made_fit_for_json()
    {
        const string model = """
            {{ config(materialized='table') }}
            {%- if execute %}
            {%- set t = run_query("select 1 as \"A\", 1.5 as \"B\", timestamp '2024-02-29 10:11:12' as \"C\" union all select 2, 2, null order by 1") %}
            {%- set t = t.rename(t.column_names | map('lower')) %}
            {%- set json = [] %}
            {%- for row in t.rows %}{% for key, value in row.dict().items() %}{% do json.append(t.columns.get(key).data_type.jsonify(value)) %}{% endfor %}{% endfor %}
            select '{{ t.column_names | join }} {{ t.rename({'a': 'x'}).column_names | join }} {{ t.select(['c', 'a']).column_names | join }} {{ t.exclude('b').column_names | join }} {{ t.limit(1).rows | length }}{{ t.limit(1, 2).rows[0].a }} {{ tojson(json) }}' as v
            {%- else %}select '' as v{% endif %}
            """;
        await using var shop = await Workshop.OpenAsync(postgres, ("models/a.sql", model));
        await shop.PublishAsync();

        Assert.Equal(
            ["abc xbc ca ac 12 [1, 1.5, \"2024-02-29T10:11:12\", 2, 2.0, null]"],
            await shop.QueryAsync("select v from gold.a")
        );
    }

    [Fact]
    public async Task A_query_that_fails_is_an_error_at_the_authors_call_with_the_servers_words()
    {
        await using var shop = await Workshop.OpenAsync(
            postgres,
            ("macros/m.sql", "{% macro newest() %}{{ return(run_query('select x from nowhere')) }}{% endmacro %}"),
            ("models/a.sql", "select 1 as v\n-- {{ newest() }}")
        );
        Assert.False(await shop.TryPublishAsync());

        var error = Assert.Single(shop.Observer.Errors);
        Assert.Equal(
            "models/a.sql(2,7,2,15): error ASQL1011: a query of the template failed: relation \"nowhere\" does not exist (42P01)",
            error
        );
        Assert.Contains("macros/m.sql", shop.Observer.Diagnostics[0].Related.Select(related => related.Span.File.Path));
    }

    [Fact]
    public async Task A_query_cannot_change_the_database_while_a_relation_is_built()
    {
        await using var shop = await Workshop.OpenAsync(
            postgres,
            ("models/a.sql", "{% do run_query('create table public.leak (i int)') %}select 1 as v"),
            ("models/b.sql", "{% do adapter.drop_schema(api.Relation.create(schema='public')) %}select 1 as v")
        );
        Assert.False(await shop.TryPublishAsync());

        Assert.Equal(["0"], await shop.QueryAsync("select count(*) from pg_class where relname = 'leak'"));
        Assert.Contains(shop.Observer.Errors, line => line.Contains("read-only transaction (25006)"));
        Assert.Contains(
            shop.Observer.Errors,
            line => line.StartsWith("models/b.sql(1,7,1,64): error ASQL1005: adapter.drop_schema() would change")
        );
    }

    [Fact]
    public async Task A_cancelled_publish_ends_a_running_query_of_a_template()
    {
        using var stop = new CancellationTokenSource();
        var observer = new RecordingObserver
        {
            OnProgress = message =>
            {
                if (message == "now")
                {
                    stop.CancelAfter(50);
                }
            },
        };
        await using var shop = await Workshop.OpenAsync(
            postgres,
            ("models/a.sql", "{% do print('now') %}{% do run_query('select pg_sleep(300)') %}select 1 as v")
        );

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() =>
            shop.TryPublishAsync(observer: observer, cancellation: stop.Token)
        );
    }

    [Fact]
    public async Task Statements_leave_results_that_are_read_once_and_main_again_and_again()
    {
        const string model = """
            {{ config(materialized='table') }}
            {%- if execute %}
            {%- call statement('one', fetch_result=true) %}select 1 as x, 'a' as y union all select 2, 'b' order by 1{% endcall -%}
            {%- set one = load_result('one') -%}
            {%- call statement('main', fetch_result=true) %}select 3 as x{% endcall -%}
            {%- do store_raw_result('raw', message='NOOP', code='C', rows_affected=4) -%}
            {%- set raw = load_result('raw') -%}
            select '{{ one.response }} {{ one.data[1][1] }} {{ one['table'].columns['y'].values() | join('+') }} {{ one.table.column_names | join('/') }} {{ load_result('main').data[0][0] + load_result('main').data[0][0] }} {{ raw.response }} {{ raw.response.rows_affected }} {{ load_result('never') }}' as v
            {%- else %}select '' as v{% endif %}
            """;
        await using var shop = await Workshop.OpenAsync(
            postgres,
            ("models/a.sql", model),
            (
                "models/b.sql",
                "{% if execute %}{% call statement('x') %}select 1{% endcall %}{% set a = load_result('x') %}{% set b = load_result('x') %}{% endif %}select 1 as v"
            )
        );
        Assert.False(await shop.TryPublishAsync());
        Assert.StartsWith(
            "models/b.sql(1,116,1,119): error ASQL1005: the result 'x' was read before",
            Assert.Single(shop.Observer.Errors)
        );

        await shop.PublishAsync(select: "a");
        Assert.Equal(["SELECT 2 b a+b x/y 6 NOOP 4 None"], await shop.QueryAsync("select v from gold.a"));
    }

    [Fact]
    public async Task The_adapter_answers_from_the_catalog()
    {
        const string model = """
            {{ config(materialized='table') }}
            {%- set old = adapter.get_relation(target.database, 'lake', 'raw') %}
            {%- set columns = adapter.get_columns_in_relation(old) if old else [] %}
            select '{{ old }} {{ old.type }} {{ adapter.get_relation(target.database, 'lake', 'other') }}|
            {%- for c in columns %}{{ c.quoted }} {{ c.data_type }} {{ c.is_string() }} {{ c.is_number() }}{{ ',' if not loop.last }}{% endfor -%}
            |{{ adapter.check_schema_exists(target.database, 'lake') }} {{ adapter.check_schema_exists(target.database, 'sea') }}
            {{- ' ' }}{{ adapter.list_relations(target.database, 'lake') | map(attribute='identifier') | join('+') -}}
            {{- ' ' }}{{ adapter.get_missing_columns(old, api.Relation.create(schema='lake', identifier='seen')) | map(attribute='name') | join('+') -}}
            {{- ' ' }}{{ adapter.get_column_schema_from_query('select 1::numeric(5,2) as p') | map(attribute='data_type') | first if execute }}' as v
            """;
        await using var shop = await Workshop.OpenAsync(postgres, ("models/a.sql", model));
        await shop.ExecuteAsync(
            "create schema lake; create table lake.raw (\"Id\" bigint, code character varying(10), price numeric(10,2), at timestamp(3)); create view lake.seen as select \"Id\", code from lake.raw"
        );
        await shop.PublishAsync();

        Assert.Equal(
            [
                $"\"{shop.Database.Name}\".\"lake\".\"raw\" table None|\"Id\" bigint False True,\"code\" character varying(10) True False,\"price\" numeric(10,2) False True,\"at\" timestamp(3) without time zone False False|True False raw+seen price+at numeric(5,2)",
            ],
            await shop.QueryAsync("select v from gold.a")
        );
    }

    [Fact]
    public async Task What_templates_print_is_told_once()
    {
        await using var shop = await Workshop.OpenAsync(
            postgres,
            (
                "models/a.sql",
                "{% do print('said') %}{{ log('info', info=true) }}{{ log('hidden') }}{% do run_query('select 1 as x').print_table() if execute %}select 1 as v"
            )
        );
        await shop.PublishAsync();

        Assert.Equal(["said", "info", "| x |\n| - |\n| 1 |\n"], shop.Observer.Messages);
    }

    [Fact]
    public async Task A_ref_that_only_a_run_sees_has_to_be_said_before()
    {
        const string query = "{% if execute %}{% do run_query('select 1 from ' ~ ref('b')) %}{% endif %}select 1 as v";
        await using var shop = await Workshop.OpenAsync(
            postgres,
            ("models/b.sql", "{{ config(materialized='table') }}select 1 as v"),
            ("models/a.sql", query)
        );
        Assert.False(await shop.TryPublishAsync());
        Assert.StartsWith(
            "models/a.sql(1,56,1,59): error ASQL1005: this ref('b') runs only where a database answers",
            Assert.Single(shop.Observer.Errors)
        );

        shop.Write(("models/a.sql", "-- depends_on: {{ ref('b') }}\n" + query));
        await shop.PublishAsync();
    }

    [Fact]
    public async Task The_nodes_of_a_publish_share_one_graph_and_know_what_was_selected()
    {
        await using var shop = await Workshop.OpenAsync(
            postgres,
            (
                "models/a.sql",
                "{{ config(materialized='table') }}{% do graph.setdefault('cache', {}).update({'k': 5}) %}select '{{ selected_resources | join(',') }} {{ graph.nodes.values() | selectattr('resource_type', 'equalto', 'model') | map(attribute='name') | join('+') }}' as v"
            ),
            ("models/b.sql", "-- {{ ref('a') }}\nselect {{ graph.get('cache', {}).get('k', 0) }} as v"),
            ("models/c.sql", "select 1 as v")
        );
        await shop.PublishAsync(select: "a+");

        Assert.Equal(["model.shop.a,model.shop.b a+b+c"], await shop.QueryAsync("select v from gold.a"));
        Assert.Equal(["5"], await shop.QueryAsync("select v from gold.b"));
    }
}
