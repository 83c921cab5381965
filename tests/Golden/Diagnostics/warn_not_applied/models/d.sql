{{ config(on_error='skip_children') }}
select 1 as id
