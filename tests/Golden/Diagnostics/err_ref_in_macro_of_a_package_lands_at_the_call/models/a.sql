select *
from {{ orders_of('nobody') }}
