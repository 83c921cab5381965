{{ config(materialized='incremental') }}
select x from {{ ref('a') }}
{% if is_incremental() %}
where x > (select max(x) from {{ this }})
{% endif %}
