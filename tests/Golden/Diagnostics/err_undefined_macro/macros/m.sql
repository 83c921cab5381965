{% macro cents_to_dollar(column) %}{{ column }} / 100{% endmacro %}
