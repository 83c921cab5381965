{% test fits(model, low, words, more) %}select * from {{ model }} where id < {{ low }}{% endtest %}
