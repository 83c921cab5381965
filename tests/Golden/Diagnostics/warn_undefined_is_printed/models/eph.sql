{{ config(materialized='ephemeral') }}select '{{ targt }}' as a
