namespace Analytics.Compiler.Tests.Rendering.Context;

public sealed class ContextNamesTests
{
    [Theory]
    [InlineData("{{ config.get('materialized') }} {{ config.get('tags') }} {{ config.get('nope', 7) }}", "view [] 7")]
    [InlineData("{{ config(meta={'k': 1}) }}{{ config.meta_get('k') }} {{ config.meta_require('k') }}", "1 1")]
    [InlineData(
        "{{ config.set('unique_key', 'id') }}{{ config.require('unique_key') }} {{ config.unique_key }}",
        "id id"
    )]
    [InlineData(
        "{{ config(persist_docs={'relation': true}) }}{{ config.persist_relation_docs() }} {{ config.persist_column_docs() }}",
        "True False"
    )]
    [InlineData("{{ config.get('lookback', 2, validator=validation.any(1, 2)) }}", "1")]
    [InlineData("{{ config(pre_hook='select 1') }}{{ pre_hooks[0].sql }} {{ post_hooks }}", "select 1 []")]
    [InlineData(
        "{{ database }} {{ schema }} {{ env.name }} {{ project_name }} {{ sql }} {{ sql_now }}",
        "db dev dev shop None now()"
    )]
    [InlineData("{{ invocation_args_dict.which }} {{ selected_resources }} {{ dbt_metadata_envs }}", "compile [] {}")]
    [InlineData(
        "{{ flags.WHICH }} {{ flags.FULL_REFRESH }} {{ flags.NOPE }}|{{ thread_id }}",
        "compile False |MainThread"
    )]
    [InlineData(
        "{{ context.project_name }} {{ context['dbt'].type_int() }} {{ context.get('nope', 'd') }}",
        "shop integer d"
    )]
    [InlineData("{{ builtins.ref('b') }} {{ builtins.tojson([1]) }}", "\"db\".\"dev\".\"b\" [1]")]
    [InlineData("{{ render('{{ 1 + 1 }} {{ project_name }}') }} {{ render('plain') }}{{ write('x') }}", "2 shop plain")]
    [InlineData("{{ try_or_compiler_error('no', local_md5, 'a') }}", "0cc175b9c0f1b6a831c399e269772661")]
    [InlineData(
        "{{ diff_of_two_dicts({'A': ['X', 'y'], 'b': [1]}, {'a': ['x']}) }} {{ diff_of_two_dicts({'a': ['x']}, {'A': ['X']}) }}",
        "{'a': ['y'], 'b': [1]} {}"
    )]
    [InlineData(
        "{{ toyaml({'b': [1, {'c': none, 'd': 'yes'}], 'a': {'x': 'it: is', 'e': []}}) }}",
        "b:\n- 1\n- c: null\n  d: 'yes'\na:\n  x: 'it: is'\n  e: []"
    )]
    [InlineData("{{ toyaml({'b': 1, 'a': '1'}, sort_keys=true) }}", "a: '1'\nb: 1")]
    [InlineData("{{ graph.nodes['model.shop.b'].name }} {{ graph.setdefault('x', 3) }} {{ graph.x }}", "b 3 3")]
    [InlineData(
        "{{ model.unique_id }} {{ model.config.materialized }} {{ model.get('nope', 'n') }}",
        "model.shop.a view n"
    )]
    [InlineData(
        "{{ set(['A', 'B'] | map('lower')) | sort }} {{ zip(['A'] | map('lower'), 'xy') }} {{ set(1, 'd') }}",
        "['a', 'b'] [('a', 'x')] d"
    )]
    [InlineData("{{ exceptions.warn is callable }} {{ modules.itertools is defined }}", "True True")]
    public void Each_name_of_dbts_context_has_its_meaning(string template, string expected)
    {
        var files = new TestProject().File("models/b.sql", "select 1 as v").File("models/a.sql", template);
        var project = files.Compile(allowing: "ASQL0020");

        Assert.Equal(expected, TestProject.Render(project, "model.shop.a").Text.Trim());
    }

    [Theory]
    [InlineData("{{ adapter.quote('a\"b') }} {{ adapter.quote_as_configured('x', 'schema') }}", "\"a\"\"b\" \"x\"")]
    [InlineData("{{ adapter.quote_seed_column('x', false) }} {{ adapter.quote_seed_column('x', none) }}", "x \"x\"")]
    [InlineData("{{ adapter.type() }} {{ adapter.commit() }}{{ adapter.verify_database('DB') }}", "postgres None")]
    [InlineData(
        "{{ adapter.get_relation('db', 'dev', 'b') }} {{ adapter.get_columns_in_relation(ref('b')) }}",
        "None []"
    )]
    [InlineData(
        "{{ adapter.execute('select 1')[0] }}{{ adapter.drop_relation(this) }} {{ adapter.create_schema(this) }}",
        "None None"
    )]
    [InlineData(
        "{{ adapter.check_schema_exists('db', 'x') }} {{ adapter.get_missing_columns(this, this) }}",
        "False []"
    )]
    [InlineData("{{ 'on' if adapter.behavior.some_flag else 'off' }} {{ adapter.behavior.x.no_warn }}", "off False")]
    [InlineData("{{ adapter.get_hard_deletes_behavior({'hard_deletes': 'new_record'}) }}", "new_record")]
    [InlineData("{{ adapter.parse_index({'columns': ['a'], 'unique': true}).unique }}", "True")]
    [InlineData(
        "{{ adapter.render_raw_columns_constraints({'a': {'name': 'a', 'data_type': 'int', 'constraints': [{'type': 'not_null'}, {'type': 'check', 'expression': 'a > 0'}]}}) }}",
        "['a int not null check (a > 0)']"
    )]
    [InlineData(
        "{{ adapter.render_raw_model_constraints([{'type': 'primary_key', 'columns': ['a', 'b'], 'name': 'pk'}, {'type': 'foreign_key', 'columns': ['a'], 'to': 't', 'to_columns': ['x']}]) }}",
        "['constraint pk primary key (a, b)', 'foreign key (a) references t (x)']"
    )]
    public void The_adapter_writes_sql_and_answers_nothing_where_no_database_is(string template, string expected)
    {
        var files = new TestProject().File("models/b.sql", "select 1 as v").File("models/a.sql", template);

        Assert.Equal(expected, files.Sql("model.shop.a").Trim());
    }

    [Theory]
    [InlineData("{{ submit_python_job() }}", "ASQL1010: 'submit_python_job' is not supported: models in Python")]
    [InlineData("{{ adapter_macro('x') }}", "ASQL1010: 'adapter_macro' is not supported: dbt took it away")]
    [InlineData("{{ debug() }}", "ASQL1010: 'debug' is not supported")]
    [InlineData("{{ load_agate_table() }}", "ASQL1010: 'load_agate_table' is not supported")]
    [InlineData("{{ adapter.quoe('x') }}", "ASQL1002: 'adapter object' has no attribute 'quoe'; did you mean 'quote'?")]
    [InlineData("{{ exceptions.raise_compiler_eror('x') }}", "did you mean 'raise_compiler_error'?")]
    [InlineData("{{ config.require('nope') }}", "ASQL1005: the config 'nope' is required")]
    [InlineData(
        "{{ config.get('lookback', 2, validator=validation.any(5)) }}",
        "ASQL1005: expected one of 5, but got 1"
    )]
    [InlineData("{{ try_or_compiler_error('gone wrong', fromjson) }}", "ASQL1006: gone wrong")]
    [InlineData("{{ render('{{ 1 +') }}", "ASQL1001: ")]
    [InlineData("{{ render('{{ nope.x }}') }}", "models/a.sql(1,4,1,26): error ASQL1002: 'nope' is undefined")]
    [InlineData("{{ adapter.verify_database('other') }}", "ASQL1005: PostgreSQL cannot reach another database")]
    [InlineData("{{ adapter.parse_index({'cols': []}) }}", "ASQL1005: an index has the keys")]
    [InlineData(
        "{{ adapter.get_incremental_strategy_macro(context, 'insert_overwrite') }}",
        "is not valid for PostgreSQL"
    )]
    [InlineData("{{ adapter.dispatch('a.b') }}", "write dispatch('b', 'a')")]
    [InlineData("{{ adapter.dispatch('b', packages=['x']) }}", "takes no 'packages' any more")]
    [InlineData("{{ exceptions.column_type_missing(['a']) }}", "ASQL1006: a model with a contract needs a data_type")]
    [InlineData(
        "{{ exceptions.relation_wrong_type(this, 'view') }}",
        "should become a view, but it is a relation of another kind"
    )]
    public void What_cannot_be_is_refused_by_name(string template, string expected)
    {
        var line = Assert.Single(new TestProject().File("models/a.sql", template).Diagnostics());

        Assert.Contains(expected, line, StringComparison.Ordinal);
        Assert.StartsWith("models/a.sql(1,", line, StringComparison.Ordinal);
    }
}
