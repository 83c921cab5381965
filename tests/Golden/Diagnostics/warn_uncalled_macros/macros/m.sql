{% macro postgres__snapshot_merge_sql(target, source, insert_cols) %}select 1{% endmacro %}

{% macro apply_grants(relation, grant_config, should_revoke) %}{% endmacro %}

{% materialization seed, default %}{{ return({'relations': [this]}) }}{% endmaterialization %}

{% macro postgres__create_table_as(temporary, relation, sql) %}create table {{ relation }} as {{ sql }}{% endmacro %}

{% macro snowflake__get_grant_sql(relation, privilege, grantees) %}grant{% endmacro %}
