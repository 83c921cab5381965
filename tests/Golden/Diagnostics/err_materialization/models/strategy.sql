{{ config(materialized='incremental', incremental_strategy='keep_last') }} select 1 as v
