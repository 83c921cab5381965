with source as (select * from raw.orders), renamed as (select id as order_id, user_id as customer_id, order_date::date, status from source) select * from renamed

with orders as (select * from stg.orders), payments as (select order_id, sum(case when method = 'card' then amount else 0 end) as card_amount, sum(amount) as total from stg.payments group by 1) select o.*, coalesce(p.total, 0) as amount from orders o left join payments p using (order_id)

select md5(cast(coalesce(cast(a as text), '_null_') || '-' || coalesce(cast(b as text), '_null_') as text)) as key, * from t where updated_at > (select max(updated_at) from this)

select date_trunc('month', ordered_at) as month, count(*) as n, sum(count(*)) over (order by date_trunc('month', ordered_at)) as running from orders group by 1 order by 1

select * from (select *, row_number() over (partition by id order by loaded_at desc) as rn from raw.events) x where rn = 1

select count(*) as failures, count(*) != 0 as should_warn, count(*) != 0 as should_error from (select id from dim_customers where id is null) dbt_internal_test

create table "db"."schema"."model__tmp" as (select 1 as id)

alter table "db"."schema"."model__tmp" rename to "model"

select cast(null as bigint) as id, cast(null as timestamp without time zone) as at where false limit 0
