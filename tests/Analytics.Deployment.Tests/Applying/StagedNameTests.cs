using Analytics.Deployment.Tests.Support;
using Analytics.Testing;

namespace Analytics.Deployment.Tests.Applying;

/// <summary>Templates that name relations by themselves while those are built beside the live ones.</summary>
public sealed class StagedNameTests(PostgresFixture postgres)
{
    private static (string Path, string Text)[] Files(string model) =>
        [
            ("models/a.sql", "select 1 as id, 'x' as code"),
            ("models/b.sql", "{{ config(materialized='table') }}select 2 as id, 'y' as code"),
            (
                "models/u.sql",
                $"{{{{ config(materialized='table') }}}}\n-- depends_on: {{{{ ref('a') }}}}, {{{{ ref('b') }}}}\n{model}"
            ),
        ];

    [Fact]
    public async Task Rows_name_relations_as_they_are_after_the_publish()
    {
        await using var shop = await Workshop.OpenAsync(
            postgres,
            Files(
                "select '{{ ref('a') }}' as origin, id from {{ ref('a') }} union all select '{{ ref('b').schema }}', id from {{ ref('b') }}"
            )
        );
        await shop.PublishAsync();

        Assert.Equal(
            [$"\"{shop.Database.Name}\".\"gold\".\"a\"|1", "gold|2"],
            await shop.QueryAsync("select origin || '|' || id from gold.u order by id")
        );
    }

    [Fact]
    public async Task A_question_to_the_catalog_is_asked_where_the_relation_is()
    {
        await using var shop = await Workshop.OpenAsync(
            postgres,
            Files(
                "select count(*) as n from information_schema.columns where table_schema = '{{ ref('a').schema }}' and table_name = 'a'"
            )
        );
        await shop.PublishAsync();

        Assert.Equal(["2"], await shop.QueryAsync("select n from gold.u"));
    }

    [Fact]
    public async Task A_relation_that_is_found_by_its_name_is_the_one_being_built()
    {
        await using var shop = await Workshop.OpenAsync(
            postgres,
            Files(
                """
                {% if execute %}{% set a = adapter.get_relation(target.database, target.schema, 'a') %}
                select '{{ a.type }} {{ adapter.get_columns_in_relation(a) | map(attribute='name') | join('+') }}' as v, id from {{ a }}
                union all select '{{ load_relation(api.Relation.create(schema='gold', identifier='b')).type }}', id
                from {{ api.Relation.create(database=target.database, schema='gold', identifier='b') }}
                {% endif %}
                """
            )
        );
        await shop.PublishAsync();

        Assert.Equal(
            ["view id+code 1", "table 2"],
            await shop.QueryAsync("select v || ' ' || id from gold.u order by id")
        );
    }

    [Fact]
    public async Task The_information_schema_has_what_a_node_depends_on_under_its_final_name()
    {
        const string model = """
            {% set found = run_query("select table_schema, table_name, count(*) from " ~ target.database ~ ".information_schema.columns where table_schema ilike 'gold%' and table_name in ('a', 'b', 'u') group by 1, 2 order by 2") %}
            {% set tables = run_query('select t.table_name from INFORMATION_SCHEMA.TABLES t where table_schema = \'gold\' order by 1') %}
            {% set own = run_query("select * from " ~ ref('a').information_schema() ~ ".COLUMNS where lower(table_schema) = lower('" ~ ref('a').schema ~ "')") %}
            {% if execute %}
            select '{{ own.rows | length }} {% for row in found.rows %}{{ row[0] }}.{{ row[1] }}:{{ row[2] }} {% endfor %}{{ tables.columns[0].values() | join(',') }}' as v
            {% for row in found.rows if row[1] != 'u' %}union all select code from {{ api.Relation.create(schema=row[0], identifier=row[1]) }}
            {% endfor %}{% endif %}
            """;
        await using var shop = await Workshop.OpenAsync(postgres, Files(model));
        await shop.PublishAsync();
        Assert.Equal(
            ["4 gold.a:2 gold.b:2 a,b", "x", "y"],
            await shop.QueryAsync("select v from gold.u order by length(v) desc, v")
        );

        // The second time all are there already, and the node itself is the old one.
        await shop.PublishAsync();
        Assert.Equal(
            ["5 gold.a:2 gold.b:2 gold.u:1 a,b,u", "x", "y"],
            await shop.QueryAsync("select v from gold.u order by length(v) desc, v")
        );
    }
}
