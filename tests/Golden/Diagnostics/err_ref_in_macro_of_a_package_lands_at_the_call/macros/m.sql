{% macro orders_of(name) %}{{ ref(name) }}{% endmacro %}
