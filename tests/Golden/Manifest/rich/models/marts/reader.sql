{{ config(group='people') }}select * from {{ ref('eph') }}
