{{ config(alias='same') }}
select 2 as two
