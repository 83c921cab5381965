select *
from {{ ref('secret') }}
