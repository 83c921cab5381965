select a.x from {{ ref('a') }} a join {{ source('lake', 'trips') }} t on t.x = a.x
