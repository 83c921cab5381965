delete from {{ ref('b') }}
