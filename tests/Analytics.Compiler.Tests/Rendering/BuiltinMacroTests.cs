using System.Text.RegularExpressions;

namespace Analytics.Compiler.Tests.Rendering;

/// <summary>Macros of dbt's global project that packages and projects call.</summary>
public sealed partial class BuiltinMacroTests
{
    [Theory]
    [InlineData("{{ load_relation(this) }} {{ dbt.load_cached_relation(this) }}", "None None")]
    [InlineData("{{ get_or_create_relation('db', 's', 'i', 'view')[1].is_view }}", "True")]
    [InlineData("{{ make_intermediate_relation(this) }}", "\"db\".\"dev\".\"a__dbt_tmp\"")]
    [InlineData("{{ make_temp_relation(this) }}", "\"a__dbt_tmp000000000000\"")]
    [InlineData("{{ make_backup_relation(this, 'view').type }}", "view")]
    [InlineData(
        "{{ make_intermediate_relation(this.incorporate(path={'identifier': 'x' * 60})).identifier | length }}",
        "63"
    )]
    [InlineData("{{ should_full_refresh() }} {{ should_store_failures() }}", "False False")]
    [InlineData("{{ config(full_refresh=true) }}{{ should_full_refresh() }}", "True")]
    [InlineData("{{ get_quoted_csv(['a', 'b']) }}", "\"a\", \"b\"")]
    [InlineData(
        "{% set c = api.Column %}{{ diff_columns([c('a', 'int'), c('b', 'int')], [c('a', 'int')]) }}",
        "[<Column b (int)>]"
    )]
    [InlineData(
        "{% set c = api.Column %}{{ diff_column_data_types([c('a', 'text'), c('b', 'int')], [c('a', 'text'), c('b', 'bigint')]) }}",
        "[{'column_name': 'b', 'new_type': 'int'}]"
    )]
    [InlineData("{{ get_columns_in_query('select 1 as x') }} {{ get_columns_in_relation(this) }}", "[] []")]
    [InlineData(
        "{{ get_empty_subquery_sql('select 1 as x') }}",
        "select * from ( select 1 as x ) as __dbt_sbq where false limit 0"
    )]
    [InlineData(
        "{{ get_empty_schema_sql({'a': {'name': 'a', 'data_type': 'int'}, 'b': {'name': 'b', 'data_type': 'text', 'quote': true}}) }}",
        "select cast(null as int) as a, cast(null as text) as \"b\""
    )]
    [InlineData(
        "{{ get_limit_sql('select 1', 5) }} {{ get_limit_subquery_sql('select 1', none) }}",
        "select 1 limit 5 select 1"
    )]
    [InlineData(
        "{{ convert_datetime('20240229', '%Y%m%d').day }} {{ dates_in_range('20240228', '20240301') }}",
        "29 ['20240228', '20240229', '20240301']"
    )]
    [InlineData(
        "{{ partition_range('20240101,20240102', '%Y%m%d') }} {{ py_current_timestring() }}",
        "['20240101', '20240102'] 19700101000000000000"
    )]
    [InlineData(
        "{{ snapshot_hash_arguments(['a', 'b']) }}",
        "md5(coalesce(cast(a as varchar ), '') || '|' || coalesce(cast(b as varchar ), ''))"
    )]
    [InlineData("{{ get_grant_sql(this, 'select', ['x', 'y']) }}", "grant select on \"db\".\"dev\".\"a\" to x, y")]
    [InlineData("{{ get_revoke_sql(this, 'select', ['x']) }}", "revoke select on \"db\".\"dev\".\"a\" from \"x\"")]
    [InlineData("{{ get_dcl_statement_list(this, {'select': ['x'], 'insert': []}, get_grant_sql) | length }}", "1")]
    [InlineData(
        "{{ before_begin('x') | trim }} {{ in_transaction('y') | trim }}",
        "{\"sql\": \"x\", \"transaction\": false} {\"sql\": \"y\", \"transaction\": true}"
    )]
    [InlineData("{% call set_sql_header(config) %}set x = 1;{% endcall %}{{ config.get('sql_header') }}", "set x = 1;")]
    [InlineData(
        "{{ is_incremental() }} {{ dbt.is_incremental() }} {{ builtins.is_incremental() }}",
        "False False False"
    )]
    [InlineData("{{ postgres_escape_comment('it''s') }}", "$dbt_comment_literal_block$its$dbt_comment_literal_block$")]
    [InlineData(
        "{{ get_create_index_sql(this, {'columns': ['a', 'lower(b)'], 'unique': true, 'type': 'btree'}) | replace(adapter.parse_index({'columns': ['a', 'lower(b)'], 'unique': true, 'type': 'btree'}).get_name(this), 'N') }}",
        "create unique index if not exists \"N\" on \"db\".\"dev\".\"a\" using btree (a, lower(b))"
    )]
    [InlineData(
        "{{ get_merge_update_columns(none, ['B'], [api.Column('a', 'int'), api.Column('b', 'int')]) }}",
        "['\"a\"']"
    )]
    [InlineData(
        "{{ get_insert_into_sql('t', 's', [api.Column('a', 'int')]) }}",
        "insert into t (\"a\") ( select \"a\" from s )"
    )]
    [InlineData(
        "{{ adapter.get_incremental_strategy_macro(context, 'delete+insert').name }}",
        "get_incremental_delete_insert_sql"
    )]
    [InlineData(
        "{{ dbt_postgres.postgres__copy_grants() }} {{ copy_grants() }} {{ adapter.dispatch('copy_grants', 'dbt')() }}",
        "False False False"
    )]
    public void The_macros_of_the_global_project_are_there(string template, string expected)
    {
        var files = new TestProject().File("models/a.sql", template);
        var sql = TestProject.Render(files.Compile(allowing: "ASQL0020"), "model.shop.a").Text;

        Assert.Equal(expected, Blanks().Replace(sql, " ").Trim());
    }

    [Fact]
    public void Every_macro_that_dispatches_has_what_it_dispatches_to()
    {
        foreach (var (name, macro) in Compiler.Rendering.Builtin.BuiltinPackage.Macros)
        {
            var text = macro.Definition!.Block.Body.Text;
            foreach (Match call in Dispatched().Matches(text))
            {
                Assert.Contains(
                    Compiler.Rendering.Builtin.BuiltinPackage.Macros.Keys,
                    other => other == $"postgres__{call.Groups[1]}" || other == $"default__{call.Groups[1]}"
                );
            }

            Assert.NotEmpty(name);
        }
    }

    [Fact]
    public void A_project_may_replace_the_macro_that_filters_a_tested_relation()
    {
        var files = new TestProject()
            .File("models/a.sql", "select 1 as one")
            .File(
                "macros/w.sql",
                "{% macro get_where_subquery(relation) %}{{ return('mine ' ~ relation) }}{% endmacro %}"
            )
            .File("models/_m.yml", "models: [{name: a, columns: [{name: one, data_tests: [not_null]}]}]");
        var project = files.Compile();
        var test = project.Graph.Nodes.Single(node => node.Name == "not_null_a_one");

        Assert.Contains("from mine \"db\".\"dev\".\"a\"", TestProject.Render(project, test.UniqueId).Text);
    }

    [Fact]
    public void A_relation_is_known_by_its_metadata_and_a_model_can_be_written_as_json()
    {
        var files = new TestProject().File(
            "models/a.sql",
            "{{ this is mapping and this.get('metadata', {}).get('type', '').endswith('Relation') }} {{ target is mapping }} {{ fromjson(tojson(model)).name }} {{ fromjson(tojson(target)).schema }}"
        );

        Assert.Equal("True True a dev", files.Sql("model.shop.a"));
    }

    [Fact]
    public void A_projects_own_ref_hides_the_built_in_one_which_builtins_still_has()
    {
        var files = new TestProject()
            .File(
                "macros/ref.sql",
                "{% macro ref(name) %}{{ return(builtins.ref(name).include(database=false)) }}{% endmacro %}"
            )
            .File("models/b.sql", "select 1 as v")
            .File("models/a.sql", "select * from {{ ref('b') }}");

        Assert.Equal("select * from \"dev\".\"b\"", files.Sql("model.shop.a"));
    }

    [GeneratedRegex(@"\s+", RegexOptions.CultureInvariant)]
    private static partial Regex Blanks();

    [GeneratedRegex(@"dispatch\('([a-z_]+)', 'dbt'\)", RegexOptions.CultureInvariant)]
    private static partial Regex Dispatched();
}
