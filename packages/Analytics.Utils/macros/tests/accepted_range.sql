{#
    Fails for each row whose value lies outside the range. A null value lies in no range and passes. Bounds are SQL:
    a number, or an expression over the row.
#}
{% test accepted_range(model, column_name, min_value=none, max_value=none, inclusive=true) %}
{%- if min_value is none and max_value is none -%}
    {{ exceptions.raise_compiler_error("accepted_range needs min_value, max_value or both") }}
{%- endif -%}
{%- set equal = '=' if inclusive else '' -%}
select *
from {{ model }}
where not (
    true
    {%- if min_value is not none %}
    and {{ column_name }} >{{ equal }} {{ min_value }}
    {%- endif %}
    {%- if max_value is not none %}
    and {{ column_name }} <{{ equal }} {{ max_value }}
    {%- endif %}
)
{% endtest %}
