select 1 as id {% if execute %}-- said{% endif %}
