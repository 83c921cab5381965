{{ config(materialised='table', of_our_own=true) }}
select 1 as one
