{{ config(group='fin') }}
select 1 as one
