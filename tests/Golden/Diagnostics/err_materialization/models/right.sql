{{ config(materialized='incremental', incremental_strategy='keep_first') }} select 1 as v
