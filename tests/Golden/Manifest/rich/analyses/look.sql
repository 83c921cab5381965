select * from {{ ref('orders') }}; -- and more
select 2
-- {{ function('twice') }}(1)
