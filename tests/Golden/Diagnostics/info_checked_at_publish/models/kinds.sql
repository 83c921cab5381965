{% set kinds = run_query('select distinct kind from payments').columns[0].values() %}
select {% for kind in kinds %}count(*) filter (where kind = '{{ kind }}') as {{ kind }}{% endfor %} from payments
