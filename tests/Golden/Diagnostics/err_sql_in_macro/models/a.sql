select
    {{ cents('amount') }} as amount
from (select 1 as amount) as t
