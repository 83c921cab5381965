{% macro current_timestamp() -%}
    {{ return(adapter.dispatch('current_timestamp', 'dbt')()) }}
{%- endmacro %}

{% macro default__current_timestamp() -%}
    now()
{%- endmacro %}

{% macro date(year, month, day) -%}
    {{ return(adapter.dispatch('date', 'dbt')(year, month, day)) }}
{%- endmacro %}

{% macro default__date(year, month, day) -%}
    {{ modules.datetime.date(year, month, day).strftime("cast('%Y-%m-%d' as date)") }}
{%- endmacro %}

{% macro date_trunc(datepart, date) -%}
    {{ return(adapter.dispatch('date_trunc', 'dbt')(datepart, date)) }}
{%- endmacro %}

{% macro default__date_trunc(datepart, date) -%}
    date_trunc('{{ datepart }}', {{ date }})
{%- endmacro %}

{% macro dateadd(datepart, interval, from_date_or_timestamp) -%}
    {{ return(adapter.dispatch('dateadd', 'dbt')(datepart, interval, from_date_or_timestamp)) }}
{%- endmacro %}

{% macro default__dateadd(datepart, interval, from_date_or_timestamp) -%}
    {{ from_date_or_timestamp }} + ((interval '1 {{ datepart }}') * ({{ interval }}))
{%- endmacro %}

{% macro last_day(date, datepart) -%}
    {{ return(adapter.dispatch('last_day', 'dbt')(date, datepart)) }}
{%- endmacro %}

{% macro default__last_day(date, datepart) -%}
    {%- if datepart == 'quarter' -%}
    cast(date_trunc('quarter', {{ date }}) + interval '3 months' - interval '1 day' as date)
    {%- else -%}
    cast(date_trunc('{{ datepart }}', {{ date }}) + interval '1 {{ datepart }}' - interval '1 day' as date)
    {%- endif -%}
{%- endmacro %}

{% macro datediff(first_date, second_date, datepart) -%}
    {{ return(adapter.dispatch('datediff', 'dbt')(first_date, second_date, datepart)) }}
{%- endmacro %}

{% macro default__datediff(first_date, second_date, datepart) -%}
    {%- set start = '(' ~ first_date ~ ')::timestamp' -%}
    {%- set end = '(' ~ second_date ~ ')::timestamp' -%}
    {%- set seconds = {'second': 1, 'minute': 60, 'hour': 3600} -%}
    {%- set unit = datepart | lower -%}
    {%- if unit == 'year' -%}
        (date_part('year', {{ end }}) - date_part('year', {{ start }}))
    {%- elif unit == 'quarter' -%}
        ((date_part('year', {{ end }}) - date_part('year', {{ start }})) * 4
        + date_part('quarter', {{ end }}) - date_part('quarter', {{ start }}))
    {%- elif unit == 'month' -%}
        ((date_part('year', {{ end }}) - date_part('year', {{ start }})) * 12
        + date_part('month', {{ end }}) - date_part('month', {{ start }}))
    {%- elif unit == 'day' -%}
        ({{ end }}::date - {{ start }}::date)
    {%- elif unit == 'week' -%}
        ((date_trunc('week', {{ end }})::date - date_trunc('week', {{ start }})::date) / 7)
    {%- elif unit in seconds -%}
        ((extract(epoch from date_trunc('{{ unit }}', {{ end }}))
        - extract(epoch from date_trunc('{{ unit }}', {{ start }})))::bigint / {{ seconds[unit] }})
    {%- elif unit == 'millisecond' -%}
        ((extract(epoch from {{ end }}) - extract(epoch from {{ start }})) * 1000)::bigint
    {%- elif unit == 'microsecond' -%}
        ((extract(epoch from {{ end }}) - extract(epoch from {{ start }})) * 1000000)::bigint
    {%- else -%}
        {{ exceptions.raise_compiler_error("datediff() has no datepart '" ~ datepart ~ "'") }}
    {%- endif -%}
{%- endmacro %}

{% macro generate_series(upper_bound) -%}
    {{ return(adapter.dispatch('generate_series', 'dbt')(upper_bound)) }}
{%- endmacro %}

{% macro default__generate_series(upper_bound) -%}
    select series as generated_number
    from generate_series(1, {{ upper_bound }}) as series
{%- endmacro %}

{% macro date_spine(datepart, start_date, end_date) -%}
    {{ return(adapter.dispatch('date_spine', 'dbt')(datepart, start_date, end_date)) }}
{%- endmacro %}

{% macro default__date_spine(datepart, start_date, end_date) -%}
    select cast(date_{{ datepart }} as timestamp) as date_{{ datepart }}
    from generate_series(
        cast({{ start_date }} as timestamp),
        cast({{ end_date }} as timestamp) - interval '1 microsecond',
        interval '1 {{ datepart }}'
    ) as date_{{ datepart }}
{%- endmacro %}
