using Analytics.Deployment.Tests.Support;
using Analytics.Testing;

namespace Analytics.Deployment.Tests.Applying;

/// <summary>Materializations that a project writes as macros take part in the cut-over.</summary>
public sealed class OwnMaterializationTests(PostgresFixture postgres)
{
    // As people write it: beside, rename, drop the backup.
    private const string Swapped = """
        {% materialization swapped, adapter='postgres' %}
          {%- set existing_relation = load_cached_relation(this) -%}
          {%- set target_relation = this.incorporate(type='table') -%}
          {%- set intermediate = make_intermediate_relation(target_relation) -%}
          {%- set backup = make_backup_relation(target_relation, 'table') -%}
          {{ drop_relation_if_exists(load_cached_relation(intermediate)) }}
          {{ run_hooks(pre_hooks, inside_transaction=False) }}
          {{ run_hooks(pre_hooks, inside_transaction=True) }}
          {% call statement('main') -%}
            {{ get_create_table_as_sql(False, intermediate, sql) }}
          {%- endcall %}
          {% do create_indexes(intermediate) %}
          {% if existing_relation is not none %}
            {% do adapter.rename_relation(existing_relation, backup) %}
          {% endif %}
          {{ adapter.rename_relation(intermediate, target_relation) }}
          {{ run_hooks(post_hooks, inside_transaction=True) }}
          {% do apply_grants(target_relation, config.get('grants'), should_revoke=False) %}
          {% do persist_docs(target_relation, model) %}
          {{ adapter.commit() }}
          {{ drop_relation_if_exists(backup) }}
          {{ run_hooks(post_hooks, inside_transaction=False) }}
          {{ return({'relations': [target_relation]}) }}
        {% endmaterialization %}
        """;

    // Rows are added for ever.
    private const string Log = """
        {% materialization log, default %}
          {%- set target = api.Relation.create(identifier=model['alias'], schema=schema, database=database, type='table') -%}
          {% if adapter.get_relation(database, schema, model['alias']) is none or should_full_refresh() %}
            {% call statement('main') %}create table {{ target }} as {{ sql }}{% endcall %}
          {% else %}
            {%- set fresh = make_temp_relation(target) -%}
            {% do run_query(create_table_as(True, fresh, sql)) %}
            {% call statement('main') %}insert into {{ target }} select * from {{ fresh }}{% endcall %}
          {% endif %}
          {{ return({'relations': [target]}) }}
        {% endmaterialization %}
        """;

    [Fact]
    public async Task What_a_macro_makes_is_tested_and_cut_over_with_the_rest()
    {
        await using var shop = await Workshop.OpenAsync(
            postgres,
            ("macros/m.sql", Swapped),
            ("models/base.sql", "{{ config(materialized='table') }} select 1 as v"),
            (
                "models/own.sql",
                "{{ config(materialized='swapped', indexes=[{'columns': ['v']}], persist_docs={'relation': true}, post_hook='insert into {{ this }} values (50)') }} select v from {{ ref('base') }}"
            ),
            ("models/m.yml", "models: [{name: own, description: mine}]"),
            ("models/above.sql", "select sum(v) as v from {{ ref('own') }}"),
            ("tests/t.sql", "select 1 from {{ ref('own') }} having sum(v) <> 51")
        );
        await shop.PublishAsync();
        Assert.Equal(["51"], await shop.QueryAsync("select v from gold.above"));
        Assert.Equal(
            ["own|mine"],
            await shop.QueryAsync(
                "select relname, obj_description(oid, 'pg_class') from pg_class where oid = 'gold.own'::regclass"
            )
        );
        await shop.ExecuteAsync("create view public.outside as select * from gold.own");

        // A red test takes it back, and the next publish puts it in place.
        shop.Write(
            ("models/base.sql", "{{ config(materialized='table') }} select 2 as v"),
            ("tests/t.sql", "select 1 from {{ ref('own') }} where v = 2")
        );
        Assert.False(await shop.TryPublishAsync());
        Assert.Equal(["51|51"], await shop.QueryAsync("select v, (select sum(v) from public.outside) from gold.above"));
        Assert.Empty(await shop.StagingSchemasAsync());

        await shop.Write(("tests/t.sql", "select 1 where false")).PublishAsync();
        Assert.Equal(["52|52"], await shop.QueryAsync("select v, (select sum(v) from public.outside) from gold.above"));
        Assert.Equal(
            ["1"],
            await shop.QueryAsync("select count(*) from pg_indexes where schemaname = 'gold' and tablename = 'own'")
        );
        Assert.Equal(
            ["above", "base", "own"],
            await shop.QueryAsync(
                "select relname from pg_class where relnamespace = 'gold'::regnamespace and relkind in ('r', 'v') order by 1"
            )
        );
    }

    [Fact]
    public async Task A_macro_that_adds_to_its_table_finds_the_rows_it_has()
    {
        await using var shop = await Workshop.OpenAsync(
            postgres,
            ("macros/m.sql", Log),
            ("models/own.sql", "{{ config(materialized='log') }} select 1 as v"),
            ("tests/t.sql", "select 1 from {{ ref('own') }} having count(*) > 2")
        );
        await shop.PublishAsync();
        await shop.ExecuteAsync("create index kept on gold.own (v)");

        await shop.PublishAsync();
        Assert.Equal(["2"], await shop.QueryAsync("select count(*) from gold.own"));
        Assert.Equal(["kept"], await shop.QueryAsync("select indexname from pg_indexes where schemaname = 'gold'"));

        Assert.False(await shop.TryPublishAsync());
        Assert.Equal(["2"], await shop.QueryAsync("select count(*) from gold.own"));

        await shop.PublishAsync(fullRefresh: true);
        Assert.Equal(["1"], await shop.QueryAsync("select count(*) from gold.own"));
    }

    [Theory]
    [InlineData(CutOverMode.Publish)]
    [InlineData(CutOverMode.Node)]
    public async Task A_view_reads_what_is_live_in_the_end(CutOverMode mode)
    {
        const string Own = """
            {% materialization own_view, default %}
              {%- do adapter.drop_relation(this.incorporate(type='view')) -%}
              {% call statement('main') %}{{ get_create_view_as_sql(this, sql) }}{% endcall %}
              {{ return({'relations': [this.incorporate(type='view')]}) }}
            {% endmaterialization %}
            """;
        await using var shop = await Workshop.OpenAsync(
            postgres,
            ("macros/m.sql", Own),
            ("models/base.sql", "{{ config(materialized='table') }} select 1 as v"),
            ("models/shown.sql", "select v from {{ ref('base') }}"),
            (
                "models/own.sql",
                "{{ config(materialized='own_view') }} select s.v from {{ ref('shown') }} s join {{ ref('base') }} b using (v)"
            ),
            ("models/above.sql", "{{ config(materialized='table') }} select v from {{ ref('own') }}")
        );
        shop.Mode = mode;
        await shop.PublishAsync();

        await shop.Write(("models/base.sql", "{{ config(materialized='table') }} select 2 as v")).PublishAsync();

        Assert.Equal(["2|2"], await shop.QueryAsync("select own.v, above.v from gold.own, gold.above"));
        Assert.DoesNotContain(
            "__next",
            (await shop.QueryAsync("select pg_get_viewdef('gold.own'::regclass)"))[0],
            StringComparison.Ordinal
        );
        Assert.Empty(await shop.StagingSchemasAsync());
    }

    [Theory]
    [InlineData("", "ASQL6041")]
    [InlineData("{{ return('done') }}", "ASQL6041")]
    [InlineData("{{ return({'relations': []}) }}", "ASQL6041")]
    [InlineData("{{ return({'relations': [this]}) }}", "ASQL6042")]
    [InlineData(
        "{% do run_query('create table ' ~ this ~ '(v int)') %}{% do run_query('create table ' ~ this.incorporate(path={'identifier': 'more'}) ~ '(v int)') %}{{ return({'relations': [this, this.incorporate(path={'identifier': 'more'})]}) }}",
        "ASQL6042"
    )]
    [InlineData(
        "{% do run_query('create materialized view ' ~ this ~ ' as select 1 as v') %}{{ return({'relations': [this]}) }}",
        "ASQL6042"
    )]
    [InlineData("{% do run_query('select nothing') %}", "ASQL1011")]
    public async Task A_macro_that_makes_no_relation_of_the_model_is_told(string body, string code)
    {
        await using var shop = await Workshop.OpenAsync(
            postgres,
            ("macros/m.sql", $"{{% materialization own, default %}}{body}{{% endmaterialization %}}"),
            ("models/own.sql", "{{ config(materialized='own') }} select 1 as v")
        );

        Assert.False(await shop.TryPublishAsync());

        Assert.Contains(code, Assert.Single(shop.Observer.Errors), StringComparison.Ordinal);
        Assert.Empty(await shop.StagingSchemasAsync());
    }

    [Fact]
    public async Task The_projects_own_table_is_used_in_place_of_dbts()
    {
        await using var shop = await Workshop.OpenAsync(
            postgres,
            (
                "macros/m.sql",
                "{% materialization table, default %}{% do run_query('create table ' ~ this ~ ' as select 7 as v') %}{{ return({'relations': [this]}) }}{% endmaterialization %}"
            ),
            ("models/own.sql", "{{ config(materialized='table') }} select 1 as v")
        );

        await shop.PublishAsync();

        Assert.Equal(["7"], await shop.QueryAsync("select v from gold.own"));
    }

    [Theory]
    [InlineData("create_table_as(temporary, relation, sql)", "table")]
    [InlineData("postgres__create_table_as(temporary, relation, sql)", "table")]
    [InlineData("default__get_create_table_as_sql(temporary, relation, sql)", "table")]
    [InlineData("postgres__create_table_as(temporary, relation, sql)", "incremental")]
    [InlineData("postgres__create_view_as(relation, sql)", "view")]
    public async Task A_part_of_dbts_that_the_project_replaces_is_called(string signature, string materialized)
    {
        var kind = materialized == "view" ? "view" : "table";
        await using var shop = await Workshop.OpenAsync(
            postgres,
            (
                "macros/m.sql",
                $"{{% macro {signature} %}}create {kind} {{{{ relation }}}} as select v, 'mine' as made_by from ({{{{ sql }}}}) q{{% endmacro %}}"
            ),
            (
                "models/own.sql",
                $"{{{{ config(materialized='{materialized}', pre_hook='create table if not exists public.hooked as select 1 as n') }}}} select 1 as v"
            )
        );

        await shop.PublishAsync();
        await shop.PublishAsync();

        Assert.Equal(["1|mine"], await shop.QueryAsync("select distinct v, made_by from gold.own"));
        Assert.Equal(["1"], await shop.QueryAsync("select n from public.hooked"));
    }

    [Theory]
    [InlineData("get_incremental_keep_first_sql(arg_dict)", "keep_first")]
    [InlineData("get_incremental_append_sql(arg_dict)", "append")]
    [InlineData("postgres__get_incremental_append_sql(arg_dict)", "append")]
    [InlineData("get_incremental_default_sql(arg_dict)", "default")]
    public async Task A_strategy_of_the_project_says_how_new_rows_meet_old_ones(string signature, string strategy)
    {
        await using var shop = await Workshop.OpenAsync(
            postgres,
            (
                "macros/m.sql",
                "{% macro "
                    + signature
                    + """
                     %}
                      insert into {{ arg_dict.target_relation }} ({{ arg_dict.dest_columns | map(attribute='quoted') | join(', ') }})
                      select * from {{ arg_dict.temp_relation }} n
                      where not exists (select from {{ arg_dict.target_relation }} o where o.id = n.id)
                    {% endmacro %}
                    """
            ),
            (
                "models/own.sql",
                "{{ config(materialized='incremental', incremental_strategy='"
                    + strategy
                    + "', on_schema_change='append_new_columns') }} select 1 as id, 'a' as v {% if is_incremental() %} union all select 2, 'b' from {{ this }} where id = 1 {% endif %}"
            ),
            ("tests/t.sql", "select 1 from {{ ref('own') }} group by id having count(*) > 1")
        );
        await shop.PublishAsync();
        await shop.Write(
                (
                    "models/own.sql",
                    "{{ config(materialized='incremental', incremental_strategy='"
                        + strategy
                        + "', on_schema_change='append_new_columns') }} select 1 as id, 'z' as v, 5 as more {% if is_incremental() %} union all select 2, 'b', 6 from {{ this }} where id = 1 {% endif %}"
                )
            )
            .PublishAsync();

        Assert.Equal(["1|a|", "2|b|6"], await shop.QueryAsync("select id, v, more from gold.own order by id"));
    }

    [Fact]
    public async Task A_merge_of_the_project_is_the_one_that_runs()
    {
        await using var shop = await Workshop.OpenAsync(
            postgres,
            (
                "macros/m.sql",
                "{% macro postgres__get_merge_sql(target, source, unique_key, dest_columns, incremental_predicates) %}update {{ target }} t set v = t.v + s.v from {{ source }} s where s.id = t.id{% endmacro %}"
            ),
            (
                "models/own.sql",
                "{{ config(materialized='incremental', incremental_strategy='merge', unique_key='id') }} select 1 as id, 10 as v"
            )
        );
        await shop.PublishAsync();
        await shop.PublishAsync();

        Assert.Equal(["1|20"], await shop.QueryAsync("select id, v from gold.own"));
    }
}
