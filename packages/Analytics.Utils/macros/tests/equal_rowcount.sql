{# Fails when two relations have different numbers of rows; with group_by_columns, for each group in which they differ. #}
{% test equal_rowcount(model, compare_model, group_by_columns=[]) %}
{%- set groups = group_by_columns | join(', ') -%}
select *
from (
    select
        {%- if groups %}
        {{ groups }},
        {%- endif %}
        sum(case when side = 'a' then 1 else 0 end) as count_a,
        sum(case when side = 'b' then 1 else 0 end) as count_b
    from (
        select {{ groups ~ ', ' if groups }}'a' as side from {{ model }}
        union all
        select {{ groups ~ ', ' if groups }}'b' as side from {{ compare_model }}
    ) as both_sides
    {%- if groups %}
    group by {{ groups }}
    {%- endif %}
) as counts
where count_a <> count_b
{% endtest %}
