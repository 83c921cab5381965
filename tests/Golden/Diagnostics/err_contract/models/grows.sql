{{ config(materialized='incremental', contract={'enforced': true}) }} select 1 as id
