{#
    In the warehouse a configured schema (silver, gold) is used as it stands, and so on the private server of the
    project, where nobody else can be in the way. On a shared dev server everything goes to the user's own schema.
#}
{% macro generate_schema_name(custom_schema_name, node) -%}
    {%- if custom_schema_name is not none and (target.name == 'prod' or target.embedded) -%}
        {{ custom_schema_name | trim }}
    {%- else -%}
        {{ target.schema }}
    {%- endif -%}
{%- endmacro %}
