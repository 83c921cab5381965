{{ config(meta=['a'], tags={'a': 1}) }}
select 1 as one
