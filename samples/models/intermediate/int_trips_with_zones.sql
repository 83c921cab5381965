with trips as (

    select * from {{ ref('stg_yellow_trips') }}

),

zones as (

    select * from {{ ref('stg_zone_lookup') }}

)

select
    trips.*,
    pickup.zone_name as pickup_zone,
    coalesce(pickup.borough, 'Unknown') as pickup_borough,
    dropoff.zone_name as dropoff_zone,
    coalesce(dropoff.borough, 'Unknown') as dropoff_borough
from trips
left join zones as pickup on pickup.zone_id = trips.pickup_zone_id
left join zones as dropoff on dropoff.zone_id = trips.dropoff_zone_id
