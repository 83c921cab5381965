using Analytics.Compiler.Resolving.Nodes;
using Analytics.Jinja.Values;

namespace Analytics.Compiler.Tests.Resolving;

public sealed class UnitTestNodeTests
{
    [Fact]
    public void Rows_are_read_from_mappings_csv_sql_and_files()
    {
        var test = Shop().Compile().Graph.Nodes.OfType<UnitTestNode>().Single();

        Assert.Equal("unit_test.shop.totals.adds_up", test.UniqueId);
        Assert.Equal(["shop", "totals", "adds_up"], test.Fqn);
        Assert.Equal(["model.shop.totals"], test.DependsOn);
        Assert.Equal(
            ["model.shop.orders", "source.shop.lake.trips", null, "seed.shop.zones"],
            test.Inputs.Select(input => input.Node)
        );
        Assert.Equal("id=1,amount=", Text(test.Inputs[0].Rows, 0));
        Assert.Equal("id=1,name=a,b", Text(test.Inputs[1].Rows, 0));
        Assert.Equal("id=,name=c", Text(test.Inputs[1].Rows, 1));
        Assert.Equal("select 1 as id\n", test.Inputs[2].Rows.Sql);
        Assert.Equal("id=7", Text(test.Inputs[3].Rows, 0));
        Assert.Equal("total=2.5", Text(test.Expected, 0));
    }

    [Fact]
    public void The_manifest_has_it_with_its_rows_and_overrides()
    {
        var project = Shop().Compile();

        var described = project.Description.Of(project.Graph["unit_test.shop.totals.adds_up"]);

        Assert.Equal(
            "{'input': \"ref('zones')\", 'rows': [{'id': '7'}], 'format': 'csv', 'fixture': 'zones'}",
            PyText.Repr(((PyList)described["given"]!)[3])
        );
        Assert.Equal(
            "{'macros': {'is_incremental': True}, 'vars': {}, 'env_vars': {}}",
            PyText.Repr(described["overrides"])
        );
    }

    [Fact]
    public void A_model_with_versions_is_tested_in_those_that_the_test_names()
    {
        var files = new TestProject()
            .File("models/m_v1.sql", "select 1 as one")
            .File("models/m_v2.sql", "select 1 as one")
            .File("models/m.yml", "models:\n  - name: m\n    versions: [{v: 1}, {v: 2}]\n");

        files.File("models/u.yml", "unit_tests:\n  - {name: t, model: m, expect: {rows: []}}\n");
        Assert.Equal(["unit_test.shop.m.t_v1", "unit_test.shop.m.t_v2"], Ids(files));

        files.File(
            "models/u.yml",
            "unit_tests:\n  - {name: t, model: m, expect: {rows: []}, versions: {exclude: [1]}}\n"
        );
        Assert.Equal(["unit_test.shop.m.t_v2"], Ids(files));
    }

    [Fact]
    public void A_model_that_is_disabled_has_no_unit_tests()
    {
        var files = new TestProject()
            .File("models/m.sql", "{{ config(enabled=false) }} select 1 as one")
            .File("models/u.yml", "unit_tests:\n  - {name: t, model: m, expect: {rows: []}}\n");

        Assert.Empty(Ids(files));
    }

    private static IEnumerable<string> Ids(TestProject project) =>
        project
            .Compile()
            .Graph.Nodes.OfType<UnitTestNode>()
            .Select(test => test.UniqueId)
            .Order(StringComparer.Ordinal);

    private static string Text(FixedRows rows, int index) =>
        string.Join(
            ",",
            rows.Rows[index].Select(value => $"{value.Key}={(value.Value is null ? "" : PyText.Str(value.Value))}")
        );

    private static TestProject Shop() =>
        new TestProject()
            .File("models/orders.sql", "select 1 as id")
            .File(
                "models/totals.sql",
                "select 1 from {{ ref('orders') }}, {{ ref('zones') }}, {{ source('lake', 'trips') }}"
            )
            .File("seeds/zones.csv", "id\n1\n")
            .File("tests/fixtures/zones.csv", "id\n7\n\n")
            .File("tests/fixtures/nested/one.sql", "select 1 as id\n")
            .File(
                "models/m.yml",
                """
                sources: [{name: lake, tables: [{name: trips}]}]
                unit_tests:
                  - name: adds_up
                    model: totals
                    given:
                      - input: ref('orders')
                        rows: [{id: 1, amount: null}]
                      - input: source('lake', 'trips')
                        format: csv
                        rows: |
                          id,name
                          1,"a,b"
                          ,c
                      - {input: this, format: sql, fixture: one}
                      - {input: ref('zones'), format: csv, fixture: zones}
                    expect:
                      rows: [{total: 2.5}]
                    overrides: {macros: {is_incremental: true}}
                """
            );
}
