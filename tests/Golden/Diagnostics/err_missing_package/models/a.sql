select {{ dbt_utils.star(from=this) }}
