using Analytics.Compiler.Resolving.Nodes;

namespace Analytics.Compiler.Tests.Resolving;

public sealed class PackageTests
{
    [Fact]
    public void The_project_replaces_a_model_of_a_package_that_it_switches_off()
    {
        var project = new TestProject()
            .Package(
                "fivetran",
                ("models/staging/stg.sql", "select 1 as theirs"),
                ("models/mart.sql", "select * from {{ ref('stg') }}"),
                ("models/m.yml", "models: [{name: stg, columns: [{name: theirs, data_tests: [unique]}]}]")
            )
            .File("dbt_project.yml", "name: shop\nmodels:\n  fivetran:\n    staging:\n      +enabled: false\n")
            .File("models/stg.sql", "select 2 as ours");

        Assert.Equal("select * from \"db\".\"dev\".\"stg\"", project.Sql("model.fivetran.mart"));
        var graph = project.Compile().Graph;
        Assert.Equal(["model.shop.stg"], graph["model.fivetran.mart"].DependsOn);
        Assert.False(graph.Contains("model.fivetran.stg"));
        Assert.Empty(graph.Nodes.OfType<TestNode>());
    }

    [Fact]
    public void The_projects_tree_beats_all_that_a_package_says_of_its_own_nodes()
    {
        var graph = new TestProject()
            .Package(
                "pkg",
                ("dbt_project.yml", "name: pkg\nmodels:\n  pkg:\n    +materialized: view\n    +schema: theirs\n"),
                ("models/a.sql", "{{ config(materialized='ephemeral') }}select 1 as one")
            )
            .File("dbt_project.yml", "name: shop\nmodels:\n  pkg:\n    +materialized: table\n")
            .Compile()
            .Graph;

        var model = (ModelNode)graph["model.pkg.a"];
        Assert.Equal(Materialization.Table, model.Materialization);
        Assert.Equal("dev_theirs", model.Relation.Schema);
    }

    [Fact]
    public void Variables_of_the_project_for_a_package_beat_its_own()
    {
        var project = new TestProject()
            .Package(
                "pkg",
                ("dbt_project.yml", "name: pkg\nvars: {a: theirs, b: theirs, c: theirs, pkg: {d: theirs}}\n"),
                ("models/m.sql", "select '{{ var('a') }}', '{{ var('b') }}', '{{ var('c') }}', '{{ var('d') }}' as x")
            )
            .File("dbt_project.yml", "name: shop\nvars: {a: root, b: root, pkg: {b: for_pkg}}\n")
            .File("models/r.sql", "select '{{ var('b') }}', '{{ var('c', 'none') }}' as x");

        Assert.Equal("select 'root', 'for_pkg', 'theirs', 'theirs' as x", project.Sql("model.pkg.m"));
        Assert.Equal("select 'root', 'none' as x", project.Sql("model.shop.r"));
    }

    [Fact]
    public void Everything_of_a_package_takes_part()
    {
        var graph = new TestProject()
            .Package(
                "pkg",
                ("dbt_project.yml", "name: pkg\non-run-start: select 1\n"),
                ("seeds/s.csv", "id\n1\n"),
                (
                    "snapshots/h.sql",
                    "{% snapshot h %}{{ config(unique_key='id', strategy='check', check_cols='all') }}select 1 as id{% endsnapshot %}"
                ),
                ("tests/t.sql", "select * from {{ ref('s') }} where false"),
                ("analyses/a.sql", "select 1"),
                (
                    "models/e.yml",
                    "sources: [{name: x, tables: [{name: y}]}]\nexposures: [{name: e, type: ml, owner: {name: A}, depends_on: [ref('s')]}]\n"
                )
            )
            .Compile(allowing: "ASQL0020")
            .Graph;

        Assert.Equal(
            [
                "analysis.pkg.a",
                "exposure.pkg.e",
                "operation.pkg.pkg-on-run-start-0",
                "seed.pkg.s",
                "snapshot.pkg.h",
                "source.pkg.x.y",
                "test.pkg.t",
            ],
            graph.Nodes.Select(node => node.UniqueId).Order(StringComparer.Ordinal)
        );
    }

    [Fact]
    public void A_macro_of_the_project_shadows_a_built_in_one_for_packages_too_and_that_of_a_package_does_not()
    {
        var project = new TestProject()
            .Package(
                "pkg",
                (
                    "macros/m.sql",
                    "{% macro type_string() %}theirs{% endmacro %}{% test unique(model, column_name) %}select 'theirs'{% endtest %}"
                ),
                ("models/p.sql", "select {{ type_string() }}, {{ dbt.type_int() }} as x")
            )
            .File(
                "macros/m.sql",
                "{% macro type_int() %}ours{% endmacro %}{% test unique(model, column_name) %}select 'ours'{% endtest %}"
            )
            .File("models/r.sql", "select {{ type_string() }}, {{ type_int() }} as x")
            .File("models/r.yml", "models: [{name: r, columns: [{name: x, data_tests: [unique]}]}]");

        Assert.Equal("select theirs, integer as x", project.Sql("model.pkg.p"));
        Assert.Equal("select TEXT, ours as x", project.Sql("model.shop.r"));
        var test = project.Compile().Graph.Nodes.OfType<TestNode>().Single();
        Assert.Equal(new MacroReference("shop", "test_unique"), test.Generic!.Macro);
    }

    [Fact]
    public void The_same_model_name_in_two_packages_is_told_apart_by_the_package()
    {
        var project = new TestProject()
            .Package("one", ("models/m.sql", "{{ config(schema='one') }}select 1 as x"))
            .Package(
                "two",
                ("models/m.sql", "{{ config(schema='two') }}select 1 as x"),
                ("models/n.sql", "select * from {{ ref('m') }}")
            )
            .File("models/r.sql", "select * from {{ ref('two', 'm') }}");

        Assert.Equal("select * from \"db\".\"dev_two\".\"m\"", project.Sql("model.shop.r"));
        Assert.Equal("select * from \"db\".\"dev_two\".\"m\"", project.Sql("model.two.n"));
    }

    [Fact]
    public void The_project_changes_a_source_of_a_package_key_by_key()
    {
        var project = new TestProject()
            .Package(
                "pkg",
                (
                    "models/deep/s.yml",
                    """
                    sources:
                      - name: lake
                        schema: theirs
                        loader: theirs
                        tables:
                          - {name: t, identifier: t_theirs, description: Theirs., columns: [{name: id, data_tests: [unique]}]}
                          - {name: u}
                      - {name: other, tables: [{name: v}]}
                    """
                )
            )
            .File(
                "models/o.yml",
                """
                sources:
                  - name: lake
                    overrides: pkg
                    schema: ours
                    tables:
                      - {name: t, identifier: t_ours, freshness: {warn_after: {count: 1, period: day}}, loaded_at_field: at}
                """
            )
            .Compile();

        var table = (SourceNode)project.Graph["source.pkg.lake.t"];
        Assert.Equal("ours.t_ours", table.Relation.ToString());
        Assert.Equal(("theirs", "Theirs.", "at"), (table.Loader, table.Description, table.LoadedAtField));
        Assert.Equal(["pkg", "deep", "lake", "t"], table.Fqn);
        Assert.Equal("ours.u", ((SourceNode)project.Graph["source.pkg.lake.u"]).Relation.ToString());
        Assert.Equal("other.v", ((SourceNode)project.Graph["source.pkg.other.v"]).Relation.ToString());
        Assert.Single(project.Graph.Nodes.OfType<TestNode>());
        Assert.False(project.Graph.Contains("source.shop.lake.t"));
    }

    [Fact]
    public void A_change_of_a_source_or_a_package_that_is_not_there_is_a_warning()
    {
        var messages = new TestProject()
            .Variable("USER", "ann")
            .Package("pkg", ("models/s.yml", "sources: [{name: lake, tables: [{name: t}]}]"))
            .File(
                "models/o.yml",
                "sources:\n  - {name: lak, overrides: pkg, schema: x}\n  - {name: lake, overrides: pgk}\n"
            )
            .Diagnostics();

        Assert.Equal(
            [
                "models/o.yml(2,12,2,15): warning ASQL3008: there is no source of package 'pkg' 'lak' to describe; did you mean 'lake'?",
                "models/o.yml(3,29,3,32): warning ASQL3008: there is no package 'pgk' to describe; did you mean 'pkg'?",
            ],
            messages
        );
    }
}
