{{ config(alias='a_name_that_is_much_longer_than_what_postgresql_keeps_of_an_identifier') }}
select 1 as one
