{#
    The body of a statement is only rendered where a database answers, as in dbt: it may hold what only a run can know.
#}
{% macro statement(name=none, fetch_result=false, auto_begin=true, language='sql') -%}
    {%- if execute -%}
        {%- set compiled = caller() -%}
        {%- if language != 'sql' -%}
            {{ exceptions.raise_compiler_error("statement() runs 'sql', but not '" ~ language ~ "'") }}
        {%- endif -%}
        {%- set response, table = adapter.execute(compiled, auto_begin=auto_begin, fetch=fetch_result) -%}
        {%- if name is not none -%}
            {{ store_result(name, response=response, agate_table=table) }}
        {%- endif -%}
    {%- endif -%}
{%- endmacro %}

{% macro noop_statement(name=none, message=none, code=none, rows_affected=none, res=none) -%}
    {%- if name is not none -%}
        {{ store_raw_result(name, message=message, code=code, rows_affected=rows_affected, agate_table=res) }}
    {%- endif -%}
{%- endmacro %}

{% macro run_query(sql) %}
    {%- call statement('run_query_statement', fetch_result=true, auto_begin=false) -%}
        {{ sql }}
    {%- endcall -%}
    {%- set result = load_result('run_query_statement') -%}
    {{ return(result.table if result else none) }}
{% endmacro %}
