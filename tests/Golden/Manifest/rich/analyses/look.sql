select * from {{ ref('orders') }}; -- and more
select 2
