select * from {{ ref('m', v=4) }}
