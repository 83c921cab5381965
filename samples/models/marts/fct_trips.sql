{{
    config(
        materialized='incremental',
        unique_key='trip_id',
        incremental_strategy='delete+insert',
        on_schema_change='append_new_columns',
        indexes=[
            {'columns': ['trip_id'], 'unique': true},
            {'columns': ['pickup_at']},
        ]
    )
}}

select
    {{
        dbt_utils.generate_surrogate_key([
            'trips.vendor_id',
            'trips.pickup_at',
            'trips.dropoff_at',
            'trips.pickup_zone_id',
            'trips.dropoff_zone_id',
            'trips.distance_miles',
            'trips.total_amount',
        ])
    }} as trip_id,
    trips.vendor_id,
    trips.pickup_at,
    trips.dropoff_at,
    trips.duration_seconds,
    trips.passenger_count,
    trips.distance_miles,
    trips.pickup_zone_id,
    trips.pickup_borough,
    trips.dropoff_zone_id,
    trips.dropoff_borough,
    coalesce(payment_types.payment_method, 'Unknown') as payment_method,
    trips.fare_amount,
    trips.tip_amount,
    trips.total_amount,
    trips.partition_month
from {{ ref('int_trips_with_zones') }} as trips
left join {{ ref('payment_types') }} as payment_types
    on payment_types.payment_type = trips.payment_type
{% if is_incremental() %}
where trips.pickup_at > (select coalesce(max(pickup_at), '-infinity') from {{ this }})
{% endif %}
