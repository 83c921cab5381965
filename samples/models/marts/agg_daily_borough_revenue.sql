{{ config(indexes=[{'columns': ['trip_date', 'borough'], 'unique': true}]) }}

select
    pickup_at::date as trip_date,
    pickup_borough as borough,
    count(*) as trips,
    sum(total_amount) as revenue,
    sum(tip_amount) / nullif(sum(fare_amount), 0) as tip_rate,
    avg(distance_miles) as avg_distance
from {{ ref('fct_trips') }}
group by 1, 2
