{% macro checked(value) %}
    {% if value == 'bad' %}
        {{ exceptions.raise_compiler_error("no value may be 'bad'") }}
    {% endif %}
{% endmacro %}
