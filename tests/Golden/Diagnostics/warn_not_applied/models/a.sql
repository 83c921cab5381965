{{ config(materialized='table', grants={'select': ['reader']}, post_hook='analyze {{ this }}') }}
select 1 as one
