using Analytics.Jinja.Values;

namespace Analytics.Compiler.Tests.Resolving;

/// <summary>How each config is merged: dbt's rules, key by key.</summary>
public sealed class ConfigMergeTests
{
    [Theory]
    [InlineData("tags", "a", "[b, c]", "['a', 'b', 'c']")]
    [InlineData("meta", "{a: 1, b: 1}", "{b: 2}", "{'a': 1, 'b': 2}")]
    [InlineData("docs", "{show: false}", "{node_color: red}", "{'show': False, 'node_color': 'red'}")]
    [InlineData("column_types", "{a: int}", "{b: text}", "{'a': 'int', 'b': 'text'}")]
    [InlineData("quoting", "{schema: false}", "{identifier: false}", "{'schema': False, 'identifier': False}")]
    [InlineData("contract", "{enforced: false}", "{alias_types: false}", "{'enforced': False, 'alias_types': False}")]
    [InlineData("pre-hook", "one", "{sql: two, transaction: false}", "['one', {'sql': 'two', 'transaction': False}]")]
    [InlineData("grants", "{select: [a], insert: b}", "{select: c}", "{'select': ['c'], 'insert': ['b']}")]
    [InlineData("grants", "{select: [a]}", "{+select: [b]}", "{'select': ['a', 'b']}")]
    [InlineData("persist_docs", "{relation: true}", "{columns: true}", "{'columns': True}")]
    [InlineData("unique_key", "[a, b]", "c", "'c'")]
    [InlineData("indexes", "[{columns: [a]}]", "[{columns: [b]}]", "[{'columns': ['b']}]")]
    public void A_nearer_value_is_joined_with_a_farther_one_by_the_rule_of_its_key(
        string key,
        string tree,
        string properties,
        string expected
    )
    {
        var graph = new TestProject()
            .File("dbt_project.yml", $"name: shop\nmodels:\n  shop:\n    +{key}: {tree}\n")
            .File("models/m.sql", "select 1 as one")
            .File("models/m.yml", $"models:\n  - name: m\n    config:\n      {key}: {properties}\n")
            .Compile(allowing: "ASQL0020")
            .Graph;

        Assert.Equal(expected, PyText.Repr(graph["model.shop.m"].Config.Values[key]));
    }

    [Fact]
    public void A_key_of_a_tree_needs_no_plus_where_its_value_is_no_mapping()
    {
        var graph = new TestProject()
            .File(
                "dbt_project.yml",
                "name: shop\nmodels:\n  materialized: table\n  shop:\n    marts: {+alias: marted, tags: x, deep: {schema: s}}\n"
            )
            .File("models/marts/deep/m.sql", "select 1 as one")
            .Compile()
            .Graph;

        var config = graph["model.shop.m"].Config;
        Assert.Equal(
            ("table", "marted", "s"),
            (config.Text("materialized"), config.Text("alias"), config.Text("schema"))
        );
    }

    [Fact]
    public void A_condition_without_else_that_does_not_hold_sets_nothing()
    {
        var graph = new TestProject()
            .File(
                "dbt_project.yml",
                "name: shop\nmodels:\n  +group_name: \"{{ 'x' if target.type == 'redshift' }}\"\n  +alias: \"{{ 'aliased' if target.type == 'postgres' }}\"\n"
            )
            .File("models/m.sql", "select 1 as one, '{{ tojson(model.config) }}' as config")
            .Compile()
            .Graph;

        var config = graph["model.shop.m"].Config;
        Assert.Equal((null, "aliased"), (config.Values["group_name"], config.Text("alias")));
    }

    [Theory]
    [InlineData("seeds", "seed.shop.s")]
    [InlineData("snapshots", "snapshot.shop.h")]
    [InlineData("analyses", "analysis.shop.a")]
    [InlineData("data_tests", "test.shop.t")]
    [InlineData("tests", "test.shop.t")]
    [InlineData("exposures", "exposure.shop.e")]
    [InlineData("unit_tests", "unit_test.shop.m.u")]
    [InlineData("sources", "source.shop.x.y")]
    public void Every_kind_of_resource_has_a_tree(string tree, string id)
    {
        var graph = new TestProject()
            .File("dbt_project.yml", $"name: shop\n{tree}:\n  shop:\n    +meta: {{from: tree}}\n")
            .File("models/m.sql", "select 1 as one")
            .File("seeds/s.csv", "id\n1\n")
            .File("tests/t.sql", "select 1 as one where false")
            .File("analyses/a.sql", "select 1")
            .File(
                "snapshots/h.sql",
                "{% snapshot h %}{{ config(unique_key='id', strategy='check', check_cols='all') }}select 1 as id{% endsnapshot %}"
            )
            .File(
                "models/m.yml",
                """
                sources: [{name: x, tables: [{name: y}]}]
                exposures: [{name: e, type: ml, owner: {name: A}}]
                unit_tests: [{name: u, model: m, expect: {rows: []}}]
                """
            )
            .Compile(allowing: "ASQL0020")
            .Graph;

        Assert.Equal("{'from': 'tree'}", PyText.Repr(graph[id].Config.Values["meta"]));
    }
}
