select * from {{ ref('b', v=2) }}
