-- Renames, types, and the washing of bad rows. Money and miles become numeric: sums of them do not depend on the order
-- in which rows are read.
select
    vendor_id,
    pickup_at,
    dropoff_at,
    extract(epoch from dropoff_at - pickup_at)::integer as duration_seconds,
    passenger_count,
    trip_distance::numeric(12, 2) as distance_miles,
    pu_location_id as pickup_zone_id,
    do_location_id as dropoff_zone_id,
    payment_type,
    fare_amount::numeric(12, 2) as fare_amount,
    tip_amount::numeric(12, 2) as tip_amount,
    total_amount::numeric(12, 2) as total_amount,
    dt as partition_month
from {{ source('bronze', 'nyc_yellow_trips') }}
where pickup_at is not null
    and dropoff_at >= pickup_at
    and trip_distance between 0 and 200
