{% macro cents(column, factor=100) %}{{ column }}{% endmacro %}
{% macro any() %}{{ kwargs }}{% endmacro %}
