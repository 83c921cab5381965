{# Sum of the given columns, a null counted as zero. #}
{% macro safe_add(field_list) -%}
{%- for field in field_list -%}
coalesce({{ field }}, 0){{ ' + ' if not loop.last }}
{%- endfor -%}
{%- endmacro %}

{# The first column minus the others, a null counted as zero. #}
{% macro safe_subtract(field_list) -%}
{%- for field in field_list -%}
coalesce({{ field }}, 0){{ ' - ' if not loop.last }}
{%- endfor -%}
{%- endmacro %}

{# A quotient that is null where the denominator is zero. #}
{% macro safe_divide(numerator, denominator) -%}
({{ numerator }}) / nullif(({{ denominator }}), 0)
{%- endmacro %}
