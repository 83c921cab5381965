{% snapshot snap_zone_lookup %}

{{
    config(
        unique_key='zone_id',
        strategy='check',
        check_cols=['borough', 'zone_name', 'service_zone']
    )
}}

select
    zone_id,
    borough,
    zone_name,
    service_zone
from {{ ref('stg_zone_lookup') }}

{% endsnapshot %}
