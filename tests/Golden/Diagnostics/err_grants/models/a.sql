{{ config(grants={'select on t; drop table t --': ['reader']}) }} select 1 as one
