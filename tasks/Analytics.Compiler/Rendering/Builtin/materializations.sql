{#
    What materializations of a project call, and how a publish makes a relation where the project has macros of its own for a part of it.
    In all of them 'this' is where the relation is built.
#}
{% macro create_table_as(temporary, relation, compiled_code, language='sql') -%}
    {%- if language != 'sql' -%}
        {{ exceptions.raise_compiler_error("create_table_as() takes 'sql', but not '" ~ language ~ "'") }}
    {%- endif -%}
    {{ adapter.dispatch('create_table_as', 'dbt')(temporary, relation, compiled_code) }}
{%- endmacro %}

{% macro postgres__create_table_as(temporary, relation, sql) -%}
    {%- set header = config.get('sql_header') -%}
    {{ header if header is not none }}
    create {{ 'temporary ' if temporary else ('unlogged ' if config.get('unlogged', default=false)) }}table {{ relation }} as (
    {{ sql }}
    );
{%- endmacro %}

{% macro get_create_table_as_sql(temporary, relation, sql) -%}
    {{ adapter.dispatch('get_create_table_as_sql', 'dbt')(temporary, relation, sql) }}
{%- endmacro %}

{% macro default__get_create_table_as_sql(temporary, relation, sql) -%}
    {{ return(create_table_as(temporary, relation, sql)) }}
{%- endmacro %}

{% macro create_view_as(relation, sql) -%}
    {{ adapter.dispatch('create_view_as', 'dbt')(relation, sql) }}
{%- endmacro %}

{% macro postgres__create_view_as(relation, sql) -%}
    {%- set header = config.get('sql_header') -%}
    {{ header if header is not none }}
    create view {{ relation }} as (
    {{ sql }}
    );
{%- endmacro %}

{% macro get_create_view_as_sql(relation, sql) -%}
    {{ adapter.dispatch('get_create_view_as_sql', 'dbt')(relation, sql) }}
{%- endmacro %}

{% macro default__get_create_view_as_sql(relation, sql) -%}
    {{ return(create_view_as(relation, sql)) }}
{%- endmacro %}

{% macro persist_docs(relation, model, for_relation=true, for_columns=true) -%}
    {{ return(adapter.dispatch('persist_docs', 'dbt')(relation, model, for_relation, for_columns)) }}
{%- endmacro %}

{% macro default__persist_docs(relation, model, for_relation, for_columns) -%}
    {%- if for_relation and config.persist_relation_docs() and model.description -%}
        {%- do run_query(alter_relation_comment(relation, model.description)) -%}
    {%- endif -%}
    {%- if for_columns and config.persist_column_docs() and model.columns -%}
        {%- do run_query(alter_column_comment(relation, model.columns)) -%}
    {%- endif -%}
{%- endmacro %}

{# How the columns of new rows differ from those of a table. #}
{% macro check_for_schema_changes(source_relation, target_relation) %}
    {%- set new = adapter.get_columns_in_relation(source_relation) -%}
    {%- set old = adapter.get_columns_in_relation(target_relation) -%}
    {%- set added = diff_columns(new, old) -%}
    {%- set gone = diff_columns(old, new) -%}
    {%- set retyped = diff_column_data_types(new, old) -%}
    {{ return({
        'schema_changed': (added or gone or retyped) | length > 0,
        'source_not_in_target': added,
        'target_not_in_source': gone,
        'source_columns': new,
        'target_columns': old,
        'new_target_types': retyped
    }) }}
{% endmacro %}

{% macro sync_column_schemas(on_schema_change, target_relation, schema_changes_dict) %}
    {%- set added = schema_changes_dict['source_not_in_target'] -%}
    {%- if on_schema_change == 'append_new_columns' and added -%}
        {%- do alter_relation_add_remove_columns(target_relation, added, none) -%}
    {%- elif on_schema_change == 'sync_all_columns' -%}
        {%- if added or schema_changes_dict['target_not_in_source'] -%}
            {%- do alter_relation_add_remove_columns(target_relation, added, schema_changes_dict['target_not_in_source']) -%}
        {%- endif -%}
        {%- for change in schema_changes_dict['new_target_types'] -%}
            {%- do alter_column_type(target_relation, change['column_name'], change['new_type']) -%}
        {%- endfor -%}
    {%- endif -%}
{% endmacro %}

{# The columns to write; nothing where a change of columns is ignored. #}
{% macro process_schema_changes(on_schema_change, source_relation, target_relation) %}
    {%- if on_schema_change == 'ignore' -%}
        {{ return({}) }}
    {%- endif -%}
    {%- set changes = check_for_schema_changes(source_relation, target_relation) -%}
    {%- if changes['schema_changed'] -%}
        {%- if on_schema_change == 'fail' -%}
            {{ exceptions.raise_compiler_error('the columns of the model are not those of its table, and on_schema_change is fail') }}
        {%- endif -%}
        {%- do sync_column_schemas(on_schema_change, target_relation, changes) -%}
    {%- endif -%}
    {{ return(changes['source_columns']) }}
{% endmacro %}

{# A table, by the project's create_table_as. #}
{% macro publish_table() %}
    {%- set target = this.incorporate(type='table') -%}
    {%- do run_hooks(pre_hooks, inside_transaction=false) -%}
    {%- do run_hooks(pre_hooks) -%}
    {%- call statement('main') -%}
        {{ get_create_table_as_sql(false, target, sql) }}
    {%- endcall -%}
    {%- do create_indexes(target) -%}
    {%- do run_hooks(post_hooks) -%}
    {%- do run_hooks(post_hooks, inside_transaction=false) -%}
    {{ return({'relations': [target]}) }}
{% endmacro %}

{# A view, by the project's create_view_as. #}
{% macro publish_view() %}
    {%- set target = this.incorporate(type='view') -%}
    {%- do run_hooks(pre_hooks, inside_transaction=false) -%}
    {%- do run_hooks(pre_hooks) -%}
    {%- call statement('main') -%}
        {{ get_create_view_as_sql(target, sql) }}
    {%- endcall -%}
    {%- do run_hooks(post_hooks) -%}
    {%- do run_hooks(post_hooks, inside_transaction=false) -%}
    {{ return({'relations': [target]}) }}
{% endmacro %}

{# An incremental model whose strategy the project has macros for: 'this' has the rows that the table has now. #}
{% macro publish_incremental() %}
    {%- set existing = load_cached_relation(this) -%}
    {%- if existing is none or not existing.is_table or should_full_refresh() -%}
        {{ return(publish_table()) }}
    {%- endif -%}
    {%- do run_hooks(pre_hooks, inside_transaction=false) -%}
    {%- do run_hooks(pre_hooks) -%}
    {%- set new = make_intermediate_relation(existing) -%}
    {%- do run_query(get_create_table_as_sql(false, new, sql)) -%}
    {%- do adapter.expand_target_column_types(from_relation=new, to_relation=existing) -%}
    {%- set changed = process_schema_changes(incremental_validate_on_schema_change(config.get('on_schema_change')), new, existing) -%}
    {%- set strategy = adapter.get_incremental_strategy_macro(context, config.get('incremental_strategy') or 'default') -%}
    {%- set arguments = {
        'target_relation': existing,
        'temp_relation': new,
        'unique_key': config.get('unique_key'),
        'dest_columns': changed or adapter.get_columns_in_relation(existing),
        'incremental_predicates': config.get('predicates') or config.get('incremental_predicates')
    } -%}
    {%- call statement('main') -%}
        {{ strategy(arguments) }}
    {%- endcall -%}
    {%- do adapter.drop_relation(new) -%}
    {%- do run_hooks(post_hooks) -%}
    {%- do run_hooks(post_hooks, inside_transaction=false) -%}
    {{ return({'relations': [existing]}) }}
{% endmacro %}
