{% macro cents(column) %}
    round({{ column }} / / 100, 2)
{% endmacro %}
