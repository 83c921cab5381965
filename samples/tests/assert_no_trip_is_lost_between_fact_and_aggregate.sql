-- Every trip of the fact table is counted once in the dashboard's table.
select
    facts.trips as fact_trips,
    totals.trips as aggregated_trips
from (select count(*) as trips from {{ ref('fct_trips') }}) as facts
cross join (select coalesce(sum(trips), 0) as trips from {{ ref('agg_daily_borough_revenue') }}) as totals
where facts.trips <> totals.trips
