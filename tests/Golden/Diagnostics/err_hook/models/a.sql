{{ config(pre_hook={'transaction': false}) }} select 1 as one
