using Analytics.Compiler.Resolving.Nodes;
using Analytics.Jinja.Values;

namespace Analytics.Compiler.Tests.Resolving;

public sealed class SourceNodeTests
{
    private const string Yaml = """
        sources:
          - name: lake
            description: Everything.
            loader: airbyte
            tags: [raw, daily]
            meta: {owner: ann, tier: 1}
            freshness: {warn_after: {count: 1, period: day}, filter: x > 1}
            loaded_at_field: _at
            tables:
              - name: trips
                tags: [daily, big]
                meta: {tier: 2}
                freshness: {warn_after: {count: 2}, error_after: {count: 12, period: hour}}
              - name: zones
                freshness: null
                loaded_at_query: select max(at) from {{ this }}
              - name: plain
                loader: hand
        """;

    [Fact]
    public void A_table_takes_the_limits_of_its_source_key_by_key_or_opts_out()
    {
        Assert.Equal(
            new SourceFreshness(
                new FreshnessLimit(2, FreshnessPeriod.Day),
                new FreshnessLimit(12, FreshnessPeriod.Hour),
                "x > 1"
            ),
            Source("trips").Freshness
        );
        Assert.Null(Source("zones").Freshness);
        Assert.Equal(
            new SourceFreshness(new FreshnessLimit(1, FreshnessPeriod.Day), null, "x > 1"),
            Source("plain").Freshness
        );
    }

    [Fact]
    public void The_tree_of_the_project_counts_where_the_yaml_is_silent()
    {
        const string Project = """
            name: shop
            sources:
              shop:
                +freshness: {warn_after: {count: 9, period: minute}}
                other: {+enabled: false}
            """;
        var graph = new TestProject()
            .File("dbt_project.yml", Project)
            .File(
                "models/s.yml",
                """
                sources:
                  - {name: lake, tables: [{name: t}, {name: u, config: {freshness: {error_after: {count: 1, period: day}}}}]}
                  - {name: other, tables: [{name: t}]}
                """
            )
            .Compile()
            .Graph;

        Assert.Equal(
            new FreshnessLimit(9, FreshnessPeriod.Minute),
            ((SourceNode)graph["source.shop.lake.t"]).Freshness!.WarnAfter
        );
        Assert.Null(((SourceNode)graph["source.shop.lake.u"]).Freshness!.WarnAfter);
        Assert.False(graph.Contains("source.shop.other.t"));
    }

    [Fact]
    public void Tags_are_united_and_meta_is_merged()
    {
        var trips = Source("trips");

        Assert.Equal("['big', 'daily', 'raw']", PyText.Repr(trips.Config.Values["tags"]));
        Assert.Equal("{'owner': 'ann', 'tier': 2}", PyText.Repr(trips.Config.Values["meta"]));
    }

    [Fact]
    public void The_nearest_of_loaded_at_field_and_loaded_at_query_counts()
    {
        Assert.Equal(("_at", null), (Source("trips").LoadedAtField, Source("trips").LoadedAtQuery));
        Assert.Null(Source("zones").LoadedAtField);
        Assert.StartsWith("select max(at)", Source("zones").LoadedAtQuery, StringComparison.Ordinal);
        Assert.Equal(("airbyte", "hand"), (Source("trips").Loader, Source("plain").Loader));
    }

    [Fact]
    public void Quotes_follow_the_project_then_the_source_then_the_table()
    {
        var project = new TestProject()
            .File("dbt_project.yml", "name: shop\nquoting: {database: false, schema: false}\n")
            .File(
                "models/s.yml",
                """
                sources:
                  - name: Lake
                    quoting: {schema: true}
                    tables:
                      - name: Trips
                        quoting: {identifier: false}
                """
            )
            .File("models/b.sql", "{{ config(quoting={'identifier': false}) }}select 1 as one")
            .File("models/a.sql", "select * from {{ source('Lake', 'Trips') }}, {{ ref('b') }}, {{ this }}");

        Assert.Equal("select * from db.\"Lake\".trips, db.dev.b, db.dev.\"a\"", project.Sql("model.shop.a"));
        var compiled = project.Compile();
        Assert.Equal("trips", ((SourceNode)compiled.Graph["source.shop.Lake.Trips"]).Relation.Identifier);
        Assert.Equal(
            "db.\"Lake\".trips",
            compiled.Description.Of(compiled.Graph["source.shop.Lake.Trips"])["relation_name"]
        );
    }

    private static SourceNode Source(string table) =>
        (SourceNode)new TestProject().File("models/s.yml", Yaml).Compile().Graph[$"source.shop.lake.{table}"];
}
