{# What the database has under a relation's name, or none. #}
{% macro load_cached_relation(relation) %}
    {{ return(adapter.get_relation(database=relation.database, schema=relation.schema, identifier=relation.identifier)) }}
{% endmacro %}

{% macro load_relation(relation) %}
    {{ return(load_cached_relation(relation)) }}
{% endmacro %}

{# Whether there is one, and the relation itself, with the type that was asked for where there is none. #}
{% macro get_or_create_relation(database, schema, identifier, type) -%}
    {{ return(adapter.dispatch('get_or_create_relation', 'dbt')(database, schema, identifier, type)) }}
{%- endmacro %}

{% macro default__get_or_create_relation(database, schema, identifier, type) %}
    {%- set found = adapter.get_relation(database=database, schema=schema, identifier=identifier) -%}
    {% if found %}
        {{ return([true, found]) }}
    {% endif %}
    {{ return([false, api.Relation.create(database=database, schema=schema, identifier=identifier, type=type)]) }}
{% endmacro %}

{% macro make_intermediate_relation(base_relation, suffix='__dbt_tmp') %}
    {{ return(adapter.dispatch('make_intermediate_relation', 'dbt')(base_relation, suffix)) }}
{% endmacro %}

{% macro postgres__make_intermediate_relation(base_relation, suffix) %}
    {{ return(postgres__make_relation_with_suffix(base_relation, suffix, dstring=false)) }}
{% endmacro %}

{% macro make_temp_relation(base_relation, suffix='__dbt_tmp') %}
    {{ return(adapter.dispatch('make_temp_relation', 'dbt')(base_relation, suffix)) }}
{% endmacro %}

{# A temporary table is in no schema that has a name. #}
{% macro postgres__make_temp_relation(base_relation, suffix) %}
    {%- set named = postgres__make_relation_with_suffix(base_relation, suffix, dstring=true) -%}
    {{ return(named.incorporate(path={'database': none, 'schema': none})) }}
{% endmacro %}

{% macro make_backup_relation(base_relation, backup_relation_type, suffix='__dbt_backup') %}
    {{ return(adapter.dispatch('make_backup_relation', 'dbt')(base_relation, backup_relation_type, suffix)) }}
{% endmacro %}

{% macro postgres__make_backup_relation(base_relation, backup_relation_type, suffix) %}
    {%- set named = postgres__make_relation_with_suffix(base_relation, suffix, dstring=false) -%}
    {{ return(named.incorporate(type=backup_relation_type)) }}
{% endmacro %}

{# The name is cut, not the suffix: PostgreSQL would cut at the end. #}
{% macro postgres__make_relation_with_suffix(base_relation, suffix, dstring) %}
    {%- set whole = suffix ~ (modules.datetime.datetime.now().strftime('%H%M%S%f') if dstring else '') -%}
    {%- set longest = base_relation.relation_max_name_length() -%}
    {%- if whole | length > longest -%}
        {{ exceptions.raise_compiler_error('the suffix of a relation has ' ~ (whole | length) ~ ' characters, but a name takes ' ~ longest) }}
    {%- endif -%}
    {{ return(base_relation.incorporate(path={'identifier': base_relation.identifier[:longest - (whole | length)] ~ whole})) }}
{% endmacro %}

{% macro drop_relation(relation) -%}
    {{ return(adapter.drop_relation(relation)) }}
{%- endmacro %}

{% macro drop_relation_if_exists(relation) %}
    {%- if relation is not none -%}
        {%- do adapter.drop_relation(relation) -%}
    {%- endif -%}
{% endmacro %}

{% macro rename_relation(from_relation, to_relation) -%}
    {{ return(adapter.rename_relation(from_relation, to_relation)) }}
{%- endmacro %}

{% macro truncate_relation(relation) -%}
    {{ return(adapter.truncate_relation(relation)) }}
{%- endmacro %}

{% macro create_schema(relation) -%}
    {%- do adapter.create_schema(relation) -%}
{%- endmacro %}

{% macro drop_schema(relation) -%}
    {%- do adapter.drop_schema(relation) -%}
{%- endmacro %}

{% macro information_schema_name(database) %}
    {{ return(adapter.dispatch('information_schema_name', 'dbt')(database)) }}
{% endmacro %}

{% macro postgres__information_schema_name(database) -%}
    information_schema
{%- endmacro %}

{% macro list_schemas(database) -%}
    {{ return(adapter.dispatch('list_schemas', 'dbt')(database)) }}
{%- endmacro %}

{% macro postgres__list_schemas(database) -%}
    {%- if database -%}
        {{ adapter.verify_database(database) }}
    {%- endif -%}
    {{ return(run_query('select distinct nspname from pg_namespace')) }}
{%- endmacro %}

{% macro check_schema_exists(information_schema, schema) -%}
    {{ return(adapter.dispatch('check_schema_exists', 'dbt')(information_schema, schema)) }}
{%- endmacro %}

{% macro postgres__check_schema_exists(information_schema, schema) -%}
    {{ return(run_query("select count(*) from pg_namespace where nspname = '" ~ escape_single_quotes(schema) ~ "'")) }}
{%- endmacro %}

{% macro list_relations_without_caching(schema_relation) %}
    {{ return(adapter.dispatch('list_relations_without_caching', 'dbt')(schema_relation)) }}
{% endmacro %}

{# One row for each table and view: database, name, schema, type. #}
{% macro postgres__list_relations_without_caching(schema_relation) %}
    {%- set schema = escape_single_quotes(schema_relation.schema) -%}
    {%- set kinds = [('pg_tables', 'tablename', 'table'), ('pg_views', 'viewname', 'view'), ('pg_matviews', 'matviewname', 'materialized_view')] -%}
    {%- set query -%}
        {%- for catalog, column, type in kinds %}
        select '{{ schema_relation.database }}' as database, {{ column }} as name, schemaname as schema, '{{ type }}' as type
        from {{ catalog }}
        where schemaname ilike '{{ schema }}'
        {{- ' union all' if not loop.last }}
        {%- endfor %}
    {%- endset -%}
    {{ return(run_query(query)) }}
{% endmacro %}

{% macro should_full_refresh() %}
    {%- set configured = config.get('full_refresh') -%}
    {{ return(flags.FULL_REFRESH if configured is none else configured) }}
{% endmacro %}

{% macro get_where_subquery(relation) -%}
    {{ return(adapter.dispatch('get_where_subquery', 'dbt')(relation)) }}
{%- endmacro %}

{% macro default__get_where_subquery(relation) -%}
    {%- set where = config.get('where', '') -%}
    {%- if where -%}
        {%- set filtered -%}
            (select * from {{ relation }} where {{ where }}) dbt_subquery
        {%- endset -%}
        {{ return(filtered) }}
    {%- endif -%}
    {{ return(relation) }}
{%- endmacro %}

{%- macro get_limit_subquery_sql(sql, limit) -%}
    {{ adapter.dispatch('get_limit_sql', 'dbt')(sql, limit) }}
{%- endmacro -%}

{%- macro get_limit_sql(sql, limit) -%}
    {{ adapter.dispatch('get_limit_sql', 'dbt')(sql, limit) }}
{%- endmacro -%}

{% macro default__get_limit_sql(sql, limit) %}
  {{ sql }}
  {% if limit is not none %}
  limit {{ limit }}
  {%- endif -%}
{% endmacro %}

{% macro get_show_sql(compiled_code, sql_header, limit) -%}
    {{ sql_header if sql_header is not none }}
    {{ get_limit_sql(compiled_code, limit) }}
{%- endmacro %}

{% macro postgres__get_show_indexes_sql(relation) %}
    select i.relname as name, m.amname as method, x.indisunique as "unique",
        array_to_string(array_agg(a.attname order by a.attnum), ',') as column_names
    from pg_index x
    join pg_class i on i.oid = x.indexrelid
    join pg_am m on m.oid = i.relam
    join pg_class t on t.oid = x.indrelid
    join pg_namespace n on n.oid = t.relnamespace
    join pg_attribute a on a.attrelid = t.oid and a.attnum = any(x.indkey)
    where t.relname = '{{ relation.identifier }}' and n.nspname = '{{ relation.schema }}' and t.relkind in ('r', 'm')
    group by 1, 2, 3
    order by 1, 2, 3
{% endmacro %}

{% macro get_show_indexes_sql(relation) -%}
    {{ return(adapter.dispatch('get_show_indexes_sql', 'dbt')(relation)) }}
{%- endmacro %}

{% macro get_create_index_sql(relation, index_dict) -%}
    {{ return(adapter.dispatch('get_create_index_sql', 'dbt')(relation, index_dict)) }}
{%- endmacro %}

{% macro postgres__get_create_index_sql(relation, index_dict) -%}
    {%- set index = adapter.parse_index(index_dict) -%}
    create {{ 'unique ' if index.unique }}index if not exists "{{ index.get_name(relation) }}" on {{ relation }}
    {{- ' using ' ~ index.type if index.type }} ({{ index.columns | join(', ') }})
{%- endmacro %}

{% macro create_indexes(relation) -%}
    {%- for index in config.get('indexes', default=[]) or [] -%}
        {%- do run_query(get_create_index_sql(relation, index)) -%}
    {%- endfor -%}
{%- endmacro %}
