select {{ function('ad_one') }}(1) as v
