{# Fails for each of the listed values that the column has. #}
{% test not_accepted_values(model, column_name, values, quote=true) %}
select {{ column_name }} as value_field, count(*) as n_records
from {{ model }}
where {{ column_name }} in (
    {%- for value in values %}
    {{ "'" ~ (value | string | replace("'", "''")) ~ "'" if quote else value }}{{ ',' if not loop.last }}
    {%- endfor %}
)
group by {{ column_name }}
{% endtest %}
