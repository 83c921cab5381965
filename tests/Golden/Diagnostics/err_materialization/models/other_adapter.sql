{{ config(materialized='swapped') }} select 1 as v
