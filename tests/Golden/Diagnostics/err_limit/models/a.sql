select {% for i in range(1000000) %}{{ i }},{% endfor %} 1
