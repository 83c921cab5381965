{# Fails unless the model has fewer rows than the other relation; with group_by_columns, for each group in which it has not. #}
{% test fewer_rows_than(model, compare_model, group_by_columns=[]) %}
{%- set groups = group_by_columns | join(', ') -%}
select *
from (
    select
        {%- if groups %}
        {{ groups }},
        {%- endif %}
        coalesce(sum(case when side = 'model' then 1 else 0 end), 0) as count_our_model,
        coalesce(sum(case when side = 'comparison' then 1 else 0 end), 0) as count_comparison_model
    from (
        select {{ groups ~ ', ' if groups }}'model' as side from {{ model }}
        union all
        select {{ groups ~ ', ' if groups }}'comparison' as side from {{ compare_model }}
    ) as both_sides
    {%- if groups %}
    group by {{ groups }}
    {%- endif %}
) as counts
where count_our_model >= count_comparison_model
{% endtest %}
