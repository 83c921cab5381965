{{ config(materialized='swaped') }} select 1 as v
