select
    zone_id,
    zone_name,
    borough,
    service_zone,
    service_zone in ('Airports', 'EWR') as is_airport
from {{ ref('stg_zone_lookup') }}
