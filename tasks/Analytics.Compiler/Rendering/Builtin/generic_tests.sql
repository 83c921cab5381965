{% test not_null(model, column_name) %}
    {% set in_the_adapters_words = adapter.dispatch('test_not_null', 'dbt') %}
    {{ in_the_adapters_words(model, column_name) }}
{% endtest %}

{% macro default__test_not_null(model, column_name) %}

{% set shown = '*' if should_store_failures() else column_name %}

select {{ shown }}
from {{ model }}
where {{ column_name }} is null

{% endmacro %}

{% test unique(model, column_name) %}
    {% set in_the_adapters_words = adapter.dispatch('test_unique', 'dbt') %}
    {{ in_the_adapters_words(model, column_name) }}
{% endtest %}

{% macro default__test_unique(model, column_name) %}

select
    {{ column_name }} as unique_field,
    count(*) as n_records

from {{ model }}
where {{ column_name }} is not null
group by {{ column_name }}
having count(*) > 1

{% endmacro %}

{% test accepted_values(model, column_name, values, quote=true) %}
    {% set in_the_adapters_words = adapter.dispatch('test_accepted_values', 'dbt') %}
    {{ in_the_adapters_words(model, column_name, values, quote) }}
{% endtest %}

{# dbt leaves the quotes inside a value to the author, who doubles them: doubled ones stay, single ones become it. #}
{% macro default__test_accepted_values(model, column_name, values, quote=true) %}

with all_values as (

    select
        {{ column_name }} as value_field,
        count(*) as n_records

    from {{ model }}
    group by {{ column_name }}

)

select *
from all_values
where value_field not in (
    {% for value in values -%}
        {{ "'" ~ (value | string | replace("''", "'") | replace("'", "''")) ~ "'" if quote else value }}
        {{- ',' if not loop.last }}
    {%- endfor %}
)

{% endmacro %}

{% test relationships(model, column_name, to, field) %}
    {% set in_the_adapters_words = adapter.dispatch('test_relationships', 'dbt') %}
    {{ in_the_adapters_words(model, column_name, to, field) }}
{% endtest %}

{% macro default__test_relationships(model, column_name, to, field) %}

with child as (
    select {{ column_name }} as from_field
    from {{ model }}
    where {{ column_name }} is not null
),

parent as (
    select {{ field }} as to_field
    from {{ to }}
)

select
    from_field

from child
left join parent
    on child.from_field = parent.to_field

where parent.to_field is null

{% endmacro %}

{% macro should_store_failures() -%}
    {%- set configured = config.get('store_failures') -%}
    {{ return(flags.STORE_FAILURES if configured is none else configured) }}
{%- endmacro %}
