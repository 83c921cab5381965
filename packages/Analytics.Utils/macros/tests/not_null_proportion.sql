{# Fails when the share of rows with a value is below at_least or above at_most; with group_by_columns, for each such group. #}
{% test not_null_proportion(model, column_name, at_least, at_most=1.0, group_by_columns=[]) %}
{%- set groups = group_by_columns | join(', ') -%}
select *
from (
    select
        {%- if groups %}
        {{ groups }},
        {%- endif %}
        count({{ column_name }})::numeric / nullif(count(*), 0) as not_null_proportion
    from {{ model }}
    {%- if groups %}
    group by {{ groups }}
    {%- endif %}
) as proportions
where not_null_proportion < {{ at_least }} or not_null_proportion > {{ at_most }}
{% endtest %}
