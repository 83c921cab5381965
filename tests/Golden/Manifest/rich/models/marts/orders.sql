{{ config(
    unique_key='id',
    indexes=[{'columns': ['id'], 'unique': true}],
    meta={'cost': 1},
    persist_docs={'relation': true}
) }}
select id, {{ tools.money('amount') }} as amount, {{ cents('amount') }} as cents
from {{ ref('stg_orders') }} join {{ ref('zones') }} using (id)
