{#
    The md5 of the given columns as one text. A null is told apart from an empty text, unless the variable
    surrogate_key_treat_nulls_as_empty_strings is true. Keys are equal to those that dbt_utils makes.
#}
{% macro generate_surrogate_key(field_list) %}
{%- set for_null = '' if var('surrogate_key_treat_nulls_as_empty_strings', false) else '_dbt_utils_surrogate_key_null_' -%}
{%- set parts = [] -%}
{%- for field in field_list -%}
    {%- do parts.append("coalesce(cast(" ~ field ~ " as text), '" ~ for_null ~ "')") -%}
{%- endfor -%}
md5(cast({{ parts | join(" || '-' || ") }} as text))
{%- endmacro %}
