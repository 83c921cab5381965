select * from {{ ref(42) }}
