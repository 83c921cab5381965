select id, amount from {{ source('lake', 'orders') }} where days > {{ var('days') }}
