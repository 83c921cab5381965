{# Fails when no row has a value in the column; with group_by_columns, for each group in which none has. #}
{% test at_least_one(model, column_name, group_by_columns=[]) %}
{%- set groups = group_by_columns | join(', ') -%}
select {{ groups ~ ', ' if groups }}count({{ column_name }}) as filler_column
from {{ model }}
{%- if groups %}
group by {{ groups }}
{%- endif %}
having count({{ column_name }}) = 0
{% endtest %}
