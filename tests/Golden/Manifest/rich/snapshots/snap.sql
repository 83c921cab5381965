{% snapshot snap_zones %}
{{ config(unique_key='id', strategy='check', check_cols='all') }}
select * from {{ ref('zones') }}
{% endsnapshot %}
