{{ config(materialized='ephemeral', access='private', group='people') }}select 1 as id
