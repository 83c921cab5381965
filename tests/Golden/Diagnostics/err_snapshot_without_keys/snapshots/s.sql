{% snapshot s %}
{{ config(strategy='check', unique_key=[], check_cols=[]) }}
select 1 as id
{% endsnapshot %}
