{% materialization own, default %}{% call statement('main') %}{{ create_table_as(false, this, sql) }}{% endcall %}{{ return({'relations': [this]}) }}{% endmaterialization %}
