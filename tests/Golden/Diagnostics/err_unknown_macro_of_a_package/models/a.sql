select {{ dbt.datetrunc('day', 'd') }} as one
