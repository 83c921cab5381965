-- {{ config(tags=['x']) }} counts too
select
    one,
    two,
from {{ ref('b') }}
where three = 'Größe 🚕' and and four
