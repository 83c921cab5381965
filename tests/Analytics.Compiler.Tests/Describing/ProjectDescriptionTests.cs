using Analytics.Jinja.Values;

namespace Analytics.Compiler.Tests.Describing;

public sealed class ProjectDescriptionTests
{
    [Fact]
    public void A_node_has_dbts_keys_and_the_defaults_of_its_config()
    {
        var project = Shop().Compile(allowing: "ASQL0020");

        var model = project.Description.Of(project.Graph["model.shop.orders"]);

        Assert.Equal("orders", model["alias"]);
        Assert.Equal("protected", model["access"]);
        Assert.Equal("shop://models/m.yml", model["patch_path"]);
        var config = (PyDict)model["config"]!;
        Assert.Equal("table", config["materialized"]);
        Assert.Equal("ignore", config["on_schema_change"]);
        Assert.Equal("{'sql': 'select 1', 'transaction': True, 'index': None}", Repr(config["pre-hook"], 0));
        Assert.Equal("[{'name': 'raw', 'package': None, 'version': None}]", PyText.Repr(model["refs"]));
        Assert.Equal("[['lake', 'trips']]", PyText.Repr(model["sources"]));
        Assert.Equal("{'owner': 'ann'}", PyText.Repr(model["meta"]));
    }

    [Fact]
    public void What_templates_get_has_no_none_at_any_depth()
    {
        var project = Shop().Compile(allowing: "ASQL0020");

        var model = project.Description.ModelOf(project.Graph["model.shop.orders"]);

        Assert.DoesNotContain("None", PyText.Repr(model), StringComparison.Ordinal);
        Assert.False(model.Contains("group"));
    }

    [Fact]
    public void The_graph_holds_nodes_sources_and_groups_by_unique_id()
    {
        var project = Shop().Compile(allowing: "ASQL0020");

        var graph = project.Description.Graph;

        Assert.Equal(["model.shop.orders", "model.shop.raw"], ((PyDict)graph["nodes"]!).Keys.Take(2));
        Assert.Equal(["source.shop.lake.trips"], ((PyDict)graph["sources"]!).Keys);
        Assert.Equal(["group.shop.finance"], ((PyDict)graph["groups"]!).Keys);
        Assert.Same(
            project.Description.Of(project.Graph["model.shop.raw"]),
            ((PyDict)graph["nodes"]!)["model.shop.raw"]
        );
    }

    [Fact]
    public void A_generic_test_says_what_it_is_attached_to()
    {
        var project = Shop().Compile(allowing: "ASQL0020");
        var test = project.Graph.Nodes.Single(node =>
            node.UniqueId.StartsWith("test.shop.not_null", StringComparison.Ordinal)
        );

        var described = project.Description.Of(test);

        Assert.Equal("model.shop.orders", described["attached_node"]);
        Assert.Equal("models.orders", described["file_key_name"]);
        Assert.Equal(
            "{'name': 'not_null', 'kwargs': {'column_name': 'id', 'model': \"{{ get_where_subquery(ref('orders')) }}\"}, 'namespace': None}",
            PyText.Repr(described["test_metadata"])
        );
    }

    private static string Repr(object? list, int index) => PyText.Repr(((PyList)list!)[index]);

    private static TestProject Shop() =>
        new TestProject()
            .File("models/raw.sql", "select 1 as id")
            .File(
                "models/orders.sql",
                "{{ config(materialized='table', pre_hook='select 1') }}select * from {{ ref('raw') }}, {{ source('lake', 'trips') }}"
            )
            .File(
                "models/m.yml",
                """
                sources:
                  - {name: lake, tables: [{name: trips}]}
                groups:
                  - {name: finance, owner: {name: Ann}}
                models:
                  - name: orders
                    config: {meta: {owner: ann}}
                    columns: [{name: id, data_tests: [not_null]}]
                """
            );
}
