using Analytics.Compiler.Resolving.Nodes;
using Analytics.Jinja.Values;

namespace Analytics.Compiler.Tests.Resolving;

/// <summary>Nodes that are no relations: exposures, analyses, hooks of a run.</summary>
public sealed class ResourceNodeTests
{
    [Fact]
    public void An_exposure_depends_on_what_it_names_and_can_be_switched_off()
    {
        var graph = new TestProject()
            .File("models/a.sql", "select 1 as one")
            .File(
                "models/marts/e.yml",
                """
                sources: [{name: lake, tables: [{name: trips}]}]
                exposures:
                  - name: board
                    type: dashboard
                    owner: {name: Ann, email: a@b}
                    depends_on: [ref('a'), "{{ source('lake', 'trips') }}"]
                  - {name: off, type: ml, owner: {name: Ann}, depends_on: [ref('a')], config: {enabled: false}}
                """
            )
            .Compile()
            .Graph;

        var board = (ExposureNode)graph["exposure.shop.board"];
        Assert.Equal(["model.shop.a", "source.shop.lake.trips"], board.DependsOn);
        Assert.Equal(["shop", "marts", "board"], board.Fqn);
        Assert.False(graph.Contains("exposure.shop.off"));
    }

    [Fact]
    public void An_analysis_is_rendered_and_may_hold_any_sql()
    {
        var project = new TestProject()
            .File("models/a.sql", "select 1 as one")
            .File("analyses/deep/look.sql", "explain nothing at all from {{ ref('a') }}; select");

        var node = project.Compile().Graph["analysis.shop.look"];

        Assert.Equal(["model.shop.a"], node.DependsOn);
        Assert.Equal(["shop", "analysis", "deep", "look"], node.Fqn);
        Assert.Contains("from \"db\".\"dev\".\"a\";", project.Sql(node.UniqueId), StringComparison.Ordinal);
        Assert.Empty(project.Variable("USER", "ann").Diagnostics());
    }

    [Fact]
    public void Hooks_of_a_run_are_nodes_that_depend_on_what_they_read()
    {
        var project = new TestProject()
            .File(
                "dbt_project.yml",
                """
                name: shop
                on-run-start: ["create schema if not exists {{ target.schema }}_x", {sql: "select 1"}]
                on-run-end: "insert into log select count(*) from {{ ref('a') }}"
                """
            )
            .File("models/a.sql", "select 1 as one")
            .Compile(allowing: "ASQL0020");

        var end = (OperationNode)project.Graph["operation.shop.shop-on-run-end-0"];
        Assert.Equal((RunHook.End, 0), (end.When, end.Index));
        Assert.Equal(["model.shop.a"], end.DependsOn);
        Assert.Equal(
            "create schema if not exists dev_x",
            TestProject.Render(project, "operation.shop.shop-on-run-start-0").Text
        );
        Assert.Equal(1L, project.Description.Of(project.Graph["operation.shop.shop-on-run-start-1"])["index"]);
    }

    [Fact]
    public void A_hook_of_a_node_makes_a_dependency()
    {
        var project = new TestProject()
            .File("models/late.sql", "select 1 as one")
            .File(
                "models/a.sql",
                "{{ config(post_hook=\"insert into x select * from {{ ref('late') }}\") }}select 1 as b"
            )
            .Compile(allowing: "ASQL0020");

        Assert.Equal(["model.shop.late"], project.Graph["model.shop.a"].DependsOn);
    }

    [Fact]
    public void A_foreign_key_makes_a_dependency_on_what_it_leads_to()
    {
        var project = new TestProject()
            .File("models/parent.sql", "select 1 as id")
            .File("models/other.sql", "select 1 as id")
            .File("models/a.sql", "select 1 as id")
            .File(
                "models/a.yml",
                """
                models:
                  - name: a
                    constraints: [{type: foreign_key, columns: [id], to: ref('parent'), to_columns: [id]}]
                    columns:
                      - name: id
                        constraints: [{type: foreign_key, to: "ref('other')", to_columns: [id]}, {type: foreign_key, expression: x (y)}]
                """
            )
            .Compile();

        Assert.Equal(["model.shop.other", "model.shop.parent"], project.Graph["model.shop.a"].DependsOn);
    }

    [Fact]
    public void What_is_switched_off_is_described_under_disabled()
    {
        var project = new TestProject()
            .File("models/off.sql", "{{ config(enabled=false, materialized='nonsense') }}select 1 as one")
            .File("models/off.yml", "models: [{name: off, columns: [{name: one, data_tests: [unique]}]}]")
            .Compile();

        var disabled = Assert.Single(project.Description.Disabled);
        Assert.Equal("model.shop.off", disabled.UniqueId);
        Assert.Equal(false, ((PyDict)project.Description.OfDisabled(disabled)["config"]!)["enabled"]);
    }

    [Fact]
    public void A_test_keeps_its_failing_rows_only_where_it_is_told_to()
    {
        var graph = new TestProject()
            .File("models/a.sql", "select 1 as one")
            .File(
                "tests/kept.sql",
                "{{ config(store_failures=true, alias='mine', schema='audit') }}select 1 as one where false"
            )
            .File(
                "models/a.yml",
                """
                models:
                  - name: a
                    columns:
                      - name: one
                        data_tests: [unique, not_null: {config: {store_failures_as: view}}]
                """
            )
            .Compile()
            .Graph;

        var tests = graph
            .Nodes.OfType<TestNode>()
            .ToDictionary(test => test.Name, test => test.FailingRows?.ToString());
        Assert.Equal("dev_audit.mine", tests["kept"]);
        Assert.Equal("dev_dbt_test__audit.not_null_a_one", tests["not_null_a_one"]);
        Assert.Null(tests["unique_a_one"]);
    }
}
