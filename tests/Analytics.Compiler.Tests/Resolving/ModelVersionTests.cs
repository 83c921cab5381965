using Analytics.Compiler.Resolving.Nodes;
using Analytics.Jinja.Values;

namespace Analytics.Compiler.Tests.Resolving;

public sealed class ModelVersionTests
{
    private const string Yaml = """
        models:
          - name: dim
            description: All of them.
            latest_version: 2
            config: {materialized: table, tags: [model]}
            columns:
              - {name: id, data_tests: [unique]}
              - {name: name, description: Of old.}
            versions:
              - v: 1
                deprecation_date: 2026-01-01
                columns: [{include: all, exclude: [name]}]
              - v: 2
                description: The second.
                config: {tags: [second], alias: dim}
                data_tests: [{unique: {column_name: id}}]
              - v: 3
                defined_in: dim_next
                columns: [{include: []}, {name: other}]
        """;

    [Fact]
    public void Each_version_is_a_node_of_its_own_with_dbts_id_alias_and_fqn()
    {
        var graph = Project().Compile().Graph;

        var first = (ModelNode)graph["model.shop.dim.v1"];
        Assert.Equal("dim", first.Name);
        Assert.Equal("dim_v1", first.Relation.Identifier);
        Assert.Equal(["shop", "marts", "dim", "v1"], first.Fqn);
        Assert.Equal("dim", ((ModelNode)graph["model.shop.dim.v2"]).Relation.Identifier);
        Assert.Equal("models/marts/dim_next.sql", ((ModelNode)graph["model.shop.dim.v3"]).Resource.File.Path);
    }

    [Fact]
    public void A_ref_means_the_version_it_names_or_the_latest()
    {
        var project = Project()
            .File("models/pinned.sql", "select * from {{ ref('dim', v=1) }}")
            .File("models/text.sql", "select * from {{ ref('shop', 'dim', version='3') }}")
            .File("models/latest.sql", "select * from {{ ref('dim') }}");

        Assert.Equal("select * from \"db\".\"dev\".\"dim_v1\"", project.Sql("model.shop.pinned"));
        Assert.Equal("select * from \"db\".\"dev\".\"dim_v3\"", project.Sql("model.shop.text"));
        Assert.Equal("select * from \"db\".\"dev\".\"dim\"", project.Sql("model.shop.latest"));
        Assert.Equal(["model.shop.dim.v2"], project.Compile().Graph["model.shop.latest"].DependsOn);
    }

    [Fact]
    public void The_latest_version_is_the_greatest_number_where_none_is_named_and_its_file_may_have_the_bare_name()
    {
        var project = new TestProject()
            .File("models/m_v9.sql", "select 9 as v")
            .File("models/m.sql", "select 10 as v")
            .File("models/a.sql", "select * from {{ ref('m') }}")
            .File("models/m.yml", "models:\n  - name: m\n    versions: [{v: 9}, {v: 10}]\n")
            .Compile();

        Assert.Equal(["model.shop.m.v10"], project.Graph["model.shop.a"].DependsOn);
    }

    [Fact]
    public void A_version_has_the_models_columns_configs_and_tests_and_its_own()
    {
        var graph = Project().Compile().Graph;

        var (first, second, third) = (
            (ModelNode)graph["model.shop.dim.v1"],
            (ModelNode)graph["model.shop.dim.v2"],
            (ModelNode)graph["model.shop.dim.v3"]
        );
        Assert.Equal(["id"], first.Columns.Select(column => column.Name));
        Assert.Equal(["id", "name"], second.Columns.Select(column => column.Name));
        Assert.Equal(["other"], third.Columns.Select(column => column.Name));
        Assert.Equal(("All of them.", "The second."), (first.Description, second.Description));
        Assert.Equal("['model', 'second']", PyText.Repr(second.Config.Values["tags"]));
        Assert.Equal(Materialization.Table, third.Materialization);
        Assert.Equal(
            ["unique_dim_v1_id", "unique_dim_v2_id"],
            graph.Nodes.OfType<TestNode>().Select(test => test.Name).Distinct().Order(StringComparer.Ordinal)
        );
    }

    [Fact]
    public void The_manifest_tells_versions_apart()
    {
        var project = Project().Compile();

        var first = project.Description.Of(project.Graph["model.shop.dim.v1"]);

        Assert.Equal((1L, 2L), (first["version"], first["latest_version"]));
        Assert.Equal("2026-01-01", first["deprecation_date"]);
        Assert.Equal("['id']", PyText.Repr(first["primary_key"]));
    }

    private static TestProject Project() =>
        new TestProject()
            .File("models/marts/dim_v1.sql", "select 1 as id")
            .File("models/marts/dim_v2.sql", "select 1 as id, 'a' as name")
            .File("models/marts/dim_next.sql", "select 1 as other")
            .File("models/marts/dim.yml", Yaml);
}
