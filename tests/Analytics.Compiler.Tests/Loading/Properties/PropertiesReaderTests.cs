using Analytics.Compiler.Loading.Resources;

namespace Analytics.Compiler.Tests.Loading.Properties;

public class PropertiesReaderTests
{
    [Fact]
    public void All_keys_of_dbt_are_read_without_a_word()
    {
        const string Text = """
            version: 2
            anchors: [&c {name: id, data_tests: [unique]}]
            models:
              - name: orders
                description: "{{ doc('orders') }}"
                access: protected
                group: finance
                latest_version: 2
                deprecation_date: 2026-01-01
                docs: {show: true, node_color: red}
                meta: {owner: ann}
                tags: [daily]
                config: {materialized: table, contract: {enforced: true}, my_own: 1}
                constraints: [{type: primary_key, columns: [id]}]
                time_spine: {standard_granularity_column: day}
                columns:
                  - *c
                  - name: Amount
                    description: In cents.
                    data_type: numeric(10, 2)
                    quote: true
                    constraints: [{type: check, expression: "amount > 0", name: positive}]
                    meta: {pii: false}
                    tags: [x]
                data_tests:
                  - dbt_utils.unique_combination_of_columns: {arguments: {combination_of_columns: [a, b]}}
                versions:
                  - v: 1
                    defined_in: orders_v1
                    columns: [{include: all, exclude: [x]}]
                  - {v: 2, config: {alias: orders}}
            seeds: [{name: countries, config: {column_types: {id: bigint}}, columns: [{name: id}]}]
            snapshots: [{name: snap, description: History, config: {strategy: check}}]
            analyses: [{name: look, columns: [{name: id}]}]
            macros: [{name: cents, description: To cents, arguments: [{name: x, type: int, description: Dollars}]}]
            exposures:
              - {name: board, type: dashboard, label: Board, maturity: high, url: "https://x", owner: {name: A, email: a@b}, depends_on: [ref('orders')]}
            groups: [{name: finance, owner: {email: a@b}}]
            data_tests: [{name: assert_x, description: Why, config: {severity: warn}}]
            unit_tests:
              - name: adds
                model: orders
                given: [{input: ref('a'), rows: [{id: 1}]}, {input: this, format: csv, fixture: f}]
                expect: {rows: [{id: 1}]}
                overrides: {macros: {is_incremental: true}, vars: {a: 1}, env_vars: {B: c}}
                config: {tags: x}
            semantic_models: []
            metrics: []
            saved_queries: []
            """;
        var result = LoadingProject.LoadWith("models/x.yml", Text);

        Assert.Empty(result.Messages());
        var root = result.Source!.Root;
        Assert.Equal(
            [
                "Model orders",
                "Seed countries",
                "Snapshot snap",
                "Analysis look",
                "Macro cents",
                "Exposure board",
                "Test assert_x",
            ],
            root.Properties.Select(properties => $"{properties.Kind} {properties.Name}")
        );
        var orders = root.Properties[0];
        Assert.Equal("{{ doc('orders') }}", orders.Description);
        Assert.Equal("orders", orders.NameSpan.Text);
        Assert.NotNull(Assert.Single(orders.Configs)["contract"]);
        Assert.Equal(["id", "Amount"], orders.Columns.Select(column => column.Name));
        Assert.Equal("unique", Assert.Single(orders.Columns[0].Tests).TestName);
        Assert.Equal(
            ("numeric(10, 2)", true, "In cents."),
            (orders.Columns[1].DataType, orders.Columns[1].Quote, orders.Columns[1].Description)
        );
        Assert.Equal("finance", Assert.Single(root.Groups).Name);
        Assert.Equal("orders", Assert.Single(root.UnitTests).Model.Text);
    }

    [Theory]
    [InlineData(
        "modles: []\n",
        "(1,1,1,7): warning ASQL0003: 'modles' is not a key of a properties file; did you mean 'models'?"
    )]
    [InlineData("version: 1\n", "(1,10,1,11): error ASQL0006: config 'version' is '1'; expected 2")]
    [InlineData("- a\n", "(1,1,1,4): error ASQL0002: a properties file must be a mapping, but a list was found")]
    [InlineData(
        "models:\n  - orders\n",
        "(2,5,2,11): error ASQL0002: a model must be a mapping, but a string was found"
    )]
    [InlineData(
        "models:\n  - name: a\n    colums: []\n",
        "(3,5,3,11): warning ASQL0003: 'colums' is not a key of a model; did you mean 'columns'?"
    )]
    [InlineData(
        "models:\n  - name: a\n    columns:\n      id: {}\n",
        "(4,7,4,13): error ASQL0002: 'columns' of model 'a' must be a list, but a mapping was found"
    )]
    [InlineData(
        "models:\n  - name: a\n    columns:\n      - description: x\n",
        "(4,9,4,20): error ASQL0004: a column needs the key 'name'"
    )]
    [InlineData(
        "models:\n  - name: a\n    columns:\n      - name: b\n        quote: maybe\n",
        "(5,16,5,21): error ASQL0002: 'quote' of the column 'b' must be true or false, but a string was found"
    )]
    [InlineData(
        "models:\n  - name: a\n    columns:\n      - name: b\n      - name: b\n",
        "(5,15,5,16): warning ASQL0017: column 'b' is described twice in model 'a'; the first entry counts"
    )]
    [InlineData(
        "models:\n  - name: a\n    config: table\n",
        "(3,13,3,18): error ASQL0002: 'config' of model 'a' must be a mapping, but a string was found"
    )]
    [InlineData(
        "models:\n  - name: a\n    config: {materialised: table}\n",
        "(3,14,3,26): warning ASQL0003: 'materialised' is not a key of a config; did you mean 'materialized'?"
    )]
    [InlineData(
        "models:\n  - name: a\n    description: [x]\n",
        "(3,18,3,21): error ASQL0002: 'description' of model 'a' must be a text, but a list was found"
    )]
    [InlineData(
        "models:\n  - name: a\n    constraints: [{type: uniqe}]\n",
        "(3,26,3,31): error ASQL0006: config 'type' is 'uniqe'; expected check, not_null, unique, primary_key, foreign_key, custom"
    )]
    [InlineData(
        "models:\n  - name: a\n    versions: [{defined_in: x}]\n",
        "(3,17,3,27): error ASQL0004: a version of a model needs the key 'v'"
    )]
    [InlineData(
        "unit_tests:\n  - name: u\n    expect: {rows: []}\n",
        "(2,5,2,9): error ASQL0004: a unit test needs the key 'model'"
    )]
    [InlineData(
        "unit_tests:\n  - name: u\n    model: m\n",
        "(2,5,2,9): error ASQL0004: a unit test needs the key 'expect'"
    )]
    [InlineData(
        "unit_tests:\n  - {name: u, model: m, expect: {format: xml}}\n",
        "(2,42,2,45): error ASQL0006: config 'format' is 'xml'; expected one of dict, csv, sql"
    )]
    [InlineData(
        "unit_tests:\n  - {name: u, model: m, expect: {fixture: f}}\n",
        "(2,43,2,44): error ASQL0006: config 'fixture' is 'f'; expected a 'format' of csv or sql beside it"
    )]
    [InlineData(
        "unit_tests:\n  - {name: u, model: m, expect: {rows: [1]}}\n",
        "(2,41,2,42): error ASQL0002: a row of a unit test must be a mapping, but a whole number was found"
    )]
    [InlineData("functions:\n  - name: f\n", "(2,5,2,12): error ASQL0004: function 'f' needs the key 'returns'")]
    [InlineData(
        "metrics:\n  - name: revenue\nsemantic_models:\n  - name: s\nsaved_queries:\n  - nme: monthly\n    exports: [{name: x}]\n",
        "(6,5,6,8): error ASQL0004: a saved query needs the key 'name'"
    )]
    [InlineData(
        "exposures:\n  - {name: e, type: dashbord, owner: {name: a}}\n",
        "(2,21,2,29): error ASQL0006: config 'type' is 'dashbord'; expected one of dashboard, notebook, analysis, ml, application"
    )]
    [InlineData(
        "exposures:\n  - {name: e, type: ml, owner: {slack: x}}\n",
        "(2,25,2,30): error ASQL0004: 'owner' of exposure 'e' needs the key 'name' or 'email'"
    )]
    [InlineData("groups:\n  - name: g\n", "(2,5,2,9): error ASQL0004: the group 'g' needs the key 'owner'")]
    [InlineData(
        "models:\n  - {name: m, meta: {a: 1}, config: {meta: {b: 2}}}\n",
        "(2,15,2,19): error ASQL0005: the key 'meta' is given under 'config:' and beside it"
    )]
    [InlineData(
        "models:\n  - {name: m, latest_version: 3, versions: [{v: 1}, {v: 2}]}\n",
        "(2,31,2,32): error ASQL0006: config 'latest_version' is 3; expected one of the versions 1, 2"
    )]
    [InlineData(
        "models:\n  - {name: m, versions: [{v: 1}, {v: 1}]}\n",
        "(2,38,2,39): error ASQL0005: the key 'v: 1' is given twice in one mapping"
    )]
    public void A_mistake_is_reported_at_its_place(string text, string expected)
    {
        Assert.Equal([$"models/x.yml{expected}"], LoadingProject.LoadWith("models/x.yml", text).Messages());
    }

    [Fact]
    public void A_snapshot_with_a_relation_is_a_query_whose_places_are_those_of_the_YAML()
    {
        const string Text =
            "version: 2\nsnapshots:\n  - name: snap_orders\n    relation: ref('stg_orders')\n    config: {strategy: check}\n  - {name: b, relation: \"source('s', 't')\", config: {}}\n";
        var result = LoadingProject.LoadWith("snapshots/deep/x.yml", Text);

        Assert.Empty(result.Diagnostics);
        var first = result.Source!.Root.Sql[0];
        Assert.Equal((ResourceKind.Snapshot, "snap_orders"), (first.Kind, first.Name));
        Assert.Equal(
            "select * from {{ ref('stg_orders') }}",
            string.Join(' ', first.Body.Text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))
        );
        Assert.Equal(["shop", "deep", "snap_orders"], first.Fqn);
        Assert.Equal("deep/snap_orders.sql", first.RelativePath);
        Assert.Equal("snapshots/deep/x.yml(3,11,3,22)", first.NameSpan.ToString());
        Assert.Equal(Position(Text, "ref('stg_orders')"), Position(first, "ref('stg_orders')"));

        var second = result.Source.Root.Sql[1];
        Assert.Equal(
            "select * from {{ source('s', 't') }}",
            string.Join(' ', second.Body.Text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))
        );
        Assert.Equal(Position(Text, "source('s', 't')"), Position(second, "source('s', 't')"));
        Assert.Equal("(6,12,6,13)", second.NameSpan.ToString()["snapshots/deep/x.yml".Length..]);
    }

    [Fact]
    public void A_relation_in_a_block_text_is_a_query_too()
    {
        var result = LoadingProject.LoadWith(
            "snapshots/x.yml",
            "snapshots:\n  - name: s\n    relation: |\n      ref('a')\n"
        );

        var body = Assert.Single(result.Source!.Root.Sql).Body.Text;
        Assert.Equal("select * from {{ ref('a') }}", body);
    }

    private static string Position(string text, string part) =>
        new Analytics.Text.SourceFile("f", text).PositionAt(text.IndexOf(part, StringComparison.Ordinal)).ToString();

    private static string Position(SqlResource resource, string part) =>
        resource
            .File.PositionAt(resource.File.Text.IndexOf(part, resource.Body.Start, StringComparison.Ordinal))
            .ToString();
}
