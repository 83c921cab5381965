{% if execute %}select 1 as id{% endif %}
