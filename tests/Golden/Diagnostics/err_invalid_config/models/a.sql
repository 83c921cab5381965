{{ config(materialized='incremental', on_schema_change='append_new_column', unique_key=5) }}
select 1 as one
