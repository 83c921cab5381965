{% macro money(x) %}{{ return(adapter.dispatch('money', 'tools')(x)) }}{% endmacro %}
{% macro default__money(x) %}{{ x }}::numeric{% endmacro %}
{% test positive(model, column_name) %}select * from {{ model }} where {{ column_name }} <= 0{% endtest %}
