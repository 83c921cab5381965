{{ config(materialized='incremental') }}
{% for method in ['card', 'coupon'] %}
select '{{ metod }}' as method {{ dbt.type_strng if false }}{% if not loop.last %}union all{% endif %}
{% endfor %}
{% if false %}{% set maybe = 1 %}{% endif %}
union all select '{{ maybe }}{{ nowhere | default('') }}{{ tragt }}{{ traget.name if false }}'
