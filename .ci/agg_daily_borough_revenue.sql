-- The dashboard's table written by hand from bronze, and the number of rows in which the two differ.
with by_hand as (
    select
        trip.pickup_at::date as trip_date,
        coalesce(zone.borough, 'Unknown') as borough,
        count(*) as trips,
        sum(trip.total_amount::numeric(12, 2)) as revenue,
        sum(trip.tip_amount::numeric(12, 2)) / nullif(sum(trip.fare_amount::numeric(12, 2)), 0) as tip_rate,
        avg(trip.trip_distance::numeric(12, 2)) as avg_distance
    from bronze.nyc_yellow_trips as trip
    left join bronze.zone_lookup as zone on zone.zone_id = trip.pu_location_id
    where trip.pickup_at is not null
        and trip.dropoff_at >= trip.pickup_at
        and trip.trip_distance between 0 and 200
    group by 1, 2
),

published as (
    select trip_date, borough, trips, revenue, tip_rate, avg_distance from gold.agg_daily_borough_revenue
)

select count(*)
from (
    (select * from by_hand except all select * from published)
    union all
    (select * from published except all select * from by_hand)
) as difference;
