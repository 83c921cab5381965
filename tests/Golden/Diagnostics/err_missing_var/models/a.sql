select '{{ var("start_dat") }}' as start
