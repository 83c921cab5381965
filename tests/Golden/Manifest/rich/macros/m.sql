{% macro cents(column, factor=100) %}{{ column }} * {{ factor }}{% endmacro %}
{% macro note(text) %}select '{{ text }}'{% endmacro %}
{% macro default__money(x) %}({{ x }})::numeric(10, 2){% endmacro %}
