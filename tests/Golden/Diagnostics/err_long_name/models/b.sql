{{ config(schema='a_schema_whose_name_is_longer_than_what_postgresql_keeps_of_it') }}
select 1 as one
