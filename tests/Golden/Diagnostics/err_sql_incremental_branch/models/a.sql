{{ config(materialized='incremental', unique_key='id') }}
select 1 as id, now() as at
{% if is_incremental() %}
where at > (select max(at) frm {{ this }})
{% endif %}
