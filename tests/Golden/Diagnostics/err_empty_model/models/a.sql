{{ config(materialized='view') }}
-- nothing yet
