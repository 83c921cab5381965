{# Fails when the column has one and the same value in all rows; with group_by_columns, for each group in which it has. #}
{% test not_constant(model, column_name, group_by_columns=[]) %}
{%- set groups = group_by_columns | join(', ') -%}
select {{ groups ~ ', ' if groups }}count(distinct {{ column_name }}) as filler_column
from {{ model }}
{%- if groups %}
group by {{ groups }}
{%- endif %}
having count(distinct {{ column_name }}) = 1
{% endtest %}
