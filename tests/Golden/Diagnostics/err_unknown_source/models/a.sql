select * from {{ source('bronze', 'trip') }}
