select 1 as one
{% if true %}
from x
