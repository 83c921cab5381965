{{ config(materialized='table') }}
select
    a,
    b
from {{ ref('stg_yelow_trips') }}
