{{ config(materialized='incremental', incremental_strategy='microbatch', event_time='at') }}
select 1 as id
