select a from ({% if execute %}select 1 as a{% endif %}) x
