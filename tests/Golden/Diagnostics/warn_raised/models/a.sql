{% do exceptions.warn('this model is going away') %}
select 1 as one
