{% include 'other.sql' %}
