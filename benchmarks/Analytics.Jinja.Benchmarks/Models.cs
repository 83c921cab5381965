using System.Globalization;

namespace Analytics.Jinja.Benchmarks;

/// <summary>The templates that are measured, written as people write models: ref, config, columns, joins, filters.</summary>
internal static class Models
{
    /// <summary>The macro that every second dbt model calls: it loops, branches and joins names.</summary>
    public const string Macros = """
        {% macro pivot(column, values, prefix='', else_value=0) %}
          {%- for value in values %}
            sum(case when {{ column }} = '{{ value }}' then 1 else {{ else_value }} end) as {{ prefix ~ value | lower | replace(' ', '_') }}
            {%- if not loop.last %},{% endif %}
          {%- endfor %}
        {% endmacro %}
        {% macro cents(column, scale=2) -%}
          ({{ column }} / 100)::numeric(16, {{ scale }})
        {%- endmacro %}
        """;

    /// <summary>A model of about thirty lines.</summary>
    /// <param name="index">Makes each model different.</param>
    public static string Dbt(int index) =>
        (index % 2 == 0 ? WithMacro : Plain).Replace(
            "@",
            index.ToString(CultureInfo.InvariantCulture),
            StringComparison.Ordinal
        );

    /// <summary>The same kind of work without any name of dbt, so that Python's Jinja2 can render it too.</summary>
    public static string Pure(int index) =>
        Loops.Replace("@", index.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal);

    private const string Plain = """
        {{ config(materialized='table', tags=['nightly', 'finance'], schema='marts') }}

        -- Orders with their customers, number @
        with orders as (

            select * from {{ ref('stg_orders_@') }}

        ),

        customers as (

            select * from {{ ref('stg_customers_@') }}

        ),

        joined as (

            select
                orders.order_id,
                orders.ordered_at,
                orders.amount,
                customers.name,
                {{ var('currency', 'EUR') }} as currency
            from orders
            left join customers on orders.customer_id = customers.customer_id
            {% if is_incremental() %}
            where orders.ordered_at > (select max(ordered_at) from {{ this }})
            {% endif %}

        )

        select * from joined

        """;

    private const string WithMacro = """
        {{ config(materialized='view') }}
        {% set statuses = ['Open', 'In Progress', 'Closed', 'Returned'] %}

        with payments as (

            select * from {{ ref('stg_payments_@') }}

        ),

        refunds as (

            select * from {{ source('shop', 'refunds_@') }}

        )

        select
            payments.customer_id,
            {{ cents('payments.amount') }} as amount,
            {{ pivot('payments.status', statuses, prefix='n_') }}
        from payments
        left join refunds
            on refunds.payment_id = payments.payment_id
        {% if target == 'dev' %}
        where payments.paid_at > now() - interval '3 days'
        {% else %}
        where payments.paid_at is not null
        {% endif %}
        group by 1, 2
        order by 1

        """;

    private const string Loops = """
        {% set columns = ['id', 'name', 'amount', 'ordered_at', 'status', 'city', 'zip', 'country'] %}
        {% macro label(name, width=12) -%}
        {{ name | upper | replace('_', ' ') }}{{ '.' * (width - name | length) }}
        {%- endmacro %}
        select
        {%- for column in columns %}
            {% if loop.first %}distinct {% endif %}t@.{{ column }} as {{ column ~ '_' ~ loop.index }}{{ ',' if not loop.last }}
        {%- endfor %}
        from {{ schema }}.{{ table }}_@ as t@
        where {% for key, value in filters.items() %}{{ key }} = '{{ value }}'{% if not loop.last %} and {% endif %}{% endfor %}
          and amount between {{ @ % 7 * 10 }} and {{ (@ // 3 + 1.5) | round(1) }}
          and label in ({% for c in columns if c != 'zip' %}'{{ label(c) }}'{{ ', ' if not loop.last }}{% endfor %})
        {% set ns = namespace(total=0) %}{% for i in range(10) %}{% set ns.total = ns.total + i * @ %}{% endfor %}
        limit {{ ns.total }}

        """;
}
