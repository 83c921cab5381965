using System.Collections.Immutable;
using Analytics.Compiler;
using Analytics.Compiler.Rendering;
using Analytics.Compiler.Resolving;
using Analytics.Deployment.Planning;
using Analytics.Deployment.Planning.Catalog;
using Analytics.Deployment.Tests.Support;

namespace Analytics.Deployment.Tests.Planning;

public sealed class PlanTests
{
    private static readonly (string, string)[] Files =
    [
        (
            "models/schema.yml",
            """
            sources:
              - name: raw
                tables:
                  - name: orders
                    columns: [{name: id, data_tests: [not_null]}]
            models:
              - name: stg
                columns: [{name: id, data_tests: [unique, {not_null: {config: {severity: warn}}}]}]
              - name: fct
                columns: [{name: id, data_tests: [unique]}]
            unit_tests:
              - name: keeps
                model: fct
                overrides: {macros: {is_incremental: false}}
                given: [{input: ref('inline'), rows: [{id: 1}]}]
                expect: {rows: [{id: 1}]}
              - name: shows
                model: report
                given: [{input: ref('agg'), format: sql, rows: select 1 as n}]
                expect: {rows: [{n: 1}]}
            """
        ),
        ("models/stg.sql", "select id from {{ source('raw', 'orders') }}"),
        ("models/inline.sql", "{{ config(materialized='ephemeral') }} select id from {{ ref('stg') }}"),
        (
            "models/fct.sql",
            "{{ config(materialized='incremental', unique_key='id') }} select id from {{ ref('inline') }}"
        ),
        (
            "models/agg.sql",
            "{{ config(materialized='table') }} select count(*) as n from {{ ref('fct') }}, {{ ref('codes') }}"
        ),
        ("models/report.sql", "{{ config(schema='bi') }} select n from {{ ref('agg') }}"),
        ("seeds/codes.csv", "code\nx\n"),
        (
            "snapshots/hist.sql",
            "{% snapshot hist %}{{ config(unique_key='id', strategy='check', check_cols='all') }} select id from {{ ref('stg') }}{% endsnapshot %}"
        ),
        ("tests/both.sql", "select 1 from {{ ref('agg') }}, {{ ref('hist') }} where false"),
    ];

    [Fact]
    public void A_first_publish_creates_everything()
    {
        Golden.Matches(PlanPrinter.Print(Plan(TestCompiler.Project(Files), Catalog())), "first.txt");
    }

    [Fact]
    public void A_second_publish_merges_what_grows_and_replaces_the_rest()
    {
        var view = new DependentView(Name("bi", "totals"), 99, [Name("gold", "agg")]);

        var plan = Plan(TestCompiler.Project(Files), Existing(), new DependentObjects([view], []));

        Golden.Matches(PlanPrinter.Print(plan), "second.txt");
    }

    [Fact]
    public void A_node_waits_for_the_error_tests_of_what_it_reads_even_through_an_ephemeral_model()
    {
        var steps = Plan(TestCompiler.Project(Files), Catalog()).Steps;

        IEnumerable<string> Before(string name) =>
            steps
                .Single(step => step.Step.Node.Name == name)
                .After.Select(index => steps[index].Step.Node.Name)
                .Order();

        Assert.Equal(["source_not_null_raw_orders_id"], Before("stg"));
        Assert.Equal(["keeps", "stg", "unique_stg_id"], Before("fct"));
        Assert.Equal(["codes", "fct", "unique_fct_id"], Before("agg"));

        // A test of two nodes holds up only what is below both.
        Assert.Equal(["agg", "shows"], Before("report"));
    }

    [Fact]
    public void A_unit_test_goes_before_its_model_and_behind_what_it_takes_types_from()
    {
        var steps = Plan(TestCompiler.Project(Files), Catalog()).Steps;

        IEnumerable<string> Before(string name) =>
            steps.Single(step => step.Step.Node.Name == name).After.Select(index => steps[index].Step.Node.Name);

        Assert.Equal(["stg"], Before("keeps"));
        Assert.Empty(Before("shows"));
        Assert.Contains("keeps", Before("fct"));
        Assert.Contains("shows", Before("report"));
    }

    [Fact]
    public void The_longest_chain_goes_first()
    {
        var steps = Plan(TestCompiler.Project(Files), Catalog()).Steps;

        Assert.Equal(7, steps.Single(step => step.Step.Node.Name == "source_not_null_raw_orders_id").Chain);
        Assert.Equal(1, steps.Single(step => step.Step.Node.Name == "report").Chain);
    }

    [Fact]
    public void Relations_of_the_wrong_kind_are_refused()
    {
        var project = TestCompiler.Project(Files);
        var catalog = Catalog(
            (Name("gold", "codes"), RelationKind.View),
            (Name("gold", "agg"), RelationKind.ForeignTable),
            (Name("gold", "stg"), RelationKind.MaterializedView)
        );

        var (draft, diagnostics) = Builder(project, catalog).Draft();

        Assert.Null(draft);
        Assert.Equal(
            [
                "seeds/codes.csv(1,1,1,1): error ASQL6009: gold.codes is a view, but a table is needed",
                "models/agg.sql(1,1,1,1): error ASQL6009: gold.agg is a foreign table, but a table is needed",
            ],
            diagnostics.Select(found =>
                System.Text.RegularExpressions.Regex.Replace(found.ToString(), @",1,\d+\)", ",1,1)")
            )
        );
    }

    [Fact]
    public void A_thousand_models_with_tests_are_planned_without_deep_calls()
    {
        var files = Enumerable
            .Range(0, 1000)
            .Select(i =>
                ($"models/m{i:0000}.sql", i == 0 ? "select 1 as id" : $"select id from {{{{ ref('m{i - 1:0000}') }}}}")
            )
            .Append(
                (
                    "models/s.yml",
                    "models: ["
                        + string.Join(
                            ", ",
                            Enumerable
                                .Range(0, 1000)
                                .Select(i => $"{{name: m{i:0000}, columns: [{{name: id, data_tests: [unique]}}]}}")
                        )
                        + "]"
                )
            );

        var steps = Plan(TestCompiler.Project([.. files]), Catalog()).Steps;

        Assert.Equal(2000, steps.Length);
        Assert.Equal(2000, steps[0].Chain);
    }

    private static RelationName Name(string schema, string identifier) => new("analytics", schema, identifier);

    private static CatalogSnapshot Catalog(params (RelationName Name, RelationKind Kind)[] relations) =>
        new(
            relations
                .Select(
                    (relation, i) =>
                        new CatalogRelation(relation.Name, (uint)i + 1, relation.Kind, Columns(relation.Name))
                )
                .ToImmutableDictionary(relation => relation.Name),
            ["public", .. relations.Select(relation => relation.Name.Schema)]
        );

    private static CatalogSnapshot Existing() =>
        Catalog(
            (Name("gold", "stg"), RelationKind.View),
            (Name("gold", "fct"), RelationKind.Table),
            (Name("gold", "agg"), RelationKind.Table),
            (Name("gold_bi", "report"), RelationKind.Table),
            (Name("gold", "codes"), RelationKind.Table),
            (Name("gold", "hist"), RelationKind.Table)
        );

    private static ImmutableArray<WarehouseColumn> Columns(RelationName name) =>
        name.Identifier == "hist"
            ?
            [
                .. new[] { "id", "dbt_scd_id", "dbt_valid_from", "dbt_valid_to" }.Select(column => new WarehouseColumn(
                    column,
                    "text"
                )),
            ]
            : [new WarehouseColumn("id", "integer")];

    private static PlanBuilder Builder(CompiledProject project, CatalogSnapshot catalog) =>
        new(project.Graph, project.Graph.Nodes.Select(node => node.UniqueId).ToHashSet(), catalog, fullRefresh: false);

    private static DeploymentPlan Plan(
        CompiledProject project,
        CatalogSnapshot catalog,
        DependentObjects? dependents = null
    )
    {
        var builder = Builder(project, catalog);
        var (draft, wrong) = builder.Draft();
        Assert.True(draft is not null, string.Join("\n", wrong));
        var (plan, blocked) = builder.Complete(draft, "dev", "analytics", dependents ?? DependentObjects.None);
        Assert.True(plan is not null, string.Join("\n", blocked));
        return plan;
    }
}
