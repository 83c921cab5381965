using Analytics.Compiler.Resolving.Nodes;

namespace Analytics.Compiler.Tests.Resolving;

public sealed class ProjectResolverTests
{
    [Fact]
    public void Nodes_come_after_all_they_depend_on_whatever_the_names()
    {
        var project = new TestProject()
            .File("models/a_last.sql", "select * from {{ ref('b_middle') }}")
            .File("models/b_middle.sql", "select * from {{ ref('c_first') }}")
            .File("models/c_first.sql", "select 1 as one")
            .Compile();

        Assert.Equal(["c_first", "b_middle", "a_last"], project.Graph.Nodes.Select(node => node.Name));
    }

    [Fact]
    public void A_model_with_an_error_is_described_all_the_same()
    {
        var result = new TestProject()
            .File("models/a.sql", "select {{ nope() }}")
            .File("models/schema.yml", "models:\n  - name: a\n")
            .Build();

        Assert.Equal(["ASQL1002"], result.Diagnostics.Select(diagnostic => diagnostic.Id));
    }

    [Fact]
    public void A_chain_of_five_thousand_models_is_sorted_without_recursion()
    {
        var files = new TestProject().File("models/m0.sql", "select 0 as n");
        for (var i = 1; i < 5000; i++)
        {
            files.File($"models/m{i}.sql", $"select * from {{{{ ref('m{i - 1}') }}}}");
        }

        var project = files.Compile();

        Assert.Equal(5000, project.Graph.Nodes.Length);
        Assert.Equal("m4999", project.Graph.Nodes[^1].Name);
    }

    [Fact]
    public void What_only_the_incremental_branch_reads_is_a_dependency_too()
    {
        var project = new TestProject()
            .File("models/late.sql", "select 1 as one")
            .File(
                "models/a.sql",
                """
                {{ config(materialized='incremental', unique_key='one') }}
                select 1 as one {% if is_incremental() %} where 1 in (select one from {{ ref('late') }}) {% endif %}
                """
            )
            .Compile();

        Assert.Equal(["model.shop.late"], project.Graph["model.shop.a"].DependsOn);
    }

    [Fact]
    public void Config_in_the_file_beats_yaml_which_beats_the_folder_which_beats_the_root()
    {
        var project = new TestProject()
            .File(
                "dbt_project.yml",
                """
                name: shop
                models:
                  +materialized: table
                  +tags: root
                  shop:
                    marts:
                      +materialized: view
                      +tags: [folder]
                """
            )
            .File("models/plain.sql", "select 1 as one")
            .File("models/marts/folder.sql", "select 1 as one")
            .File("models/marts/yaml.sql", "select 1 as one")
            .File("models/marts/infile.sql", "{{ config(materialized='ephemeral', tags='file') }} select 1 as one")
            .File(
                "models/marts/_m.yml",
                """
                models:
                  - name: yaml
                    config: {materialized: table}
                  - name: infile
                    config: {materialized: table, tags: [yaml]}
                """
            )
            .Compile();

        Assert.Equal(Materialization.Table, Model(project, "plain").Materialization);
        Assert.Equal(Materialization.View, Model(project, "folder").Materialization);
        Assert.Equal(Materialization.Table, Model(project, "yaml").Materialization);
        Assert.Equal(Materialization.Ephemeral, Model(project, "infile").Materialization);
        var tags = (IEnumerable<object?>)Model(project, "infile").Config.Values["tags"]!;
        Assert.Equal(["root", "folder", "yaml", "file"], tags);
    }

    [Theory]
    [InlineData("dev", "dev_mart", "dev")]
    public void A_custom_schema_is_appended_to_the_targets_as_dbt_does(string target, string custom, string plain)
    {
        var project = new TestProject()
            .File("models/a.sql", "{{ config(schema='mart', alias='renamed') }} select 1 as one")
            .File("models/b.sql", "select 1 as one")
            .Compile(target);

        Assert.Equal($"{custom}.renamed", Model(project, "a").Relation.ToString());
        Assert.Equal($"{plain}.b", Model(project, "b").Relation.ToString());
    }

    [Fact]
    public void The_projects_own_generate_schema_name_decides()
    {
        var files = new TestProject()
            .File(
                "macros/names.sql",
                """
                {% macro generate_schema_name(custom_schema_name, node) -%}
                    {%- if target.name == 'prod' and custom_schema_name -%}
                        {{ custom_schema_name | trim }}
                    {%- else -%}
                        {{ target.schema }}
                    {%- endif -%}
                {%- endmacro %}
                """
            )
            .File("models/a.sql", "{{ config(schema='gold') }} select 1 as one");

        Assert.Equal("dev.a", Model(files.Compile("dev"), "a").Relation.ToString());
        Assert.Equal("gold.a", Model(files.Compile("prod"), "a").Relation.ToString());
    }

    [Fact]
    public void Generic_tests_get_dbts_names_and_depend_on_what_their_arguments_refer_to()
    {
        var project = new TestProject()
            .File("models/orders.sql", "select 1 as id, 2 as customer_id, 'a' as state")
            .File("models/customers.sql", "select 2 as id")
            .File(
                "models/_m.yml",
                """
                models:
                  - name: orders
                    columns:
                      - name: customer_id
                        data_tests:
                          - not_null
                          - relationships: {arguments: {to: ref('customers'), field: id}}
                      - name: state
                        data_tests:
                          - accepted_values: {values: ['a', 'b c']}
                """
            )
            .Compile();

        var tests = project.Graph.Nodes.OfType<TestNode>().ToDictionary(test => test.Name);
        Assert.Contains("not_null_orders_customer_id", tests.Keys);
        Assert.Contains("accepted_values_orders_state__a__b_c", tests.Keys);
        var relationships = tests["relationships_orders_customer_id__id__ref_customers_"];
        Assert.Equal(["model.shop.customers", "model.shop.orders"], relationships.DependsOn);
    }

    [Fact]
    public void A_test_name_that_does_not_fit_is_cut_and_hashed()
    {
        var project = new TestProject()
            .File("models/a_model_with_quite_a_long_name.sql", "select 'a' as a_column_with_a_much_longer_name")
            .File(
                "models/_m.yml",
                """
                models:
                  - name: a_model_with_quite_a_long_name
                    columns:
                      - name: a_column_with_a_much_longer_name
                        data_tests: [not_null, unique]
                """
            )
            .Compile();

        Assert.All(
            project.Graph.Nodes.OfType<TestNode>(),
            test => Assert.Matches("^(not_null|unique)_a_model_with.{0,30}_[0-9a-f]{32}$", test.ShortName)
        );
    }

    [Fact]
    public void Macros_of_a_package_are_called_by_its_name_and_the_root_may_override_by_dispatch()
    {
        var files = new TestProject()
            .Package(
                "tools",
                (
                    "macros/m.sql",
                    """
                    {% macro money(x) %}{{ return(adapter.dispatch('money', 'tools')(x)) }}{% endmacro %}
                    {% macro default__money(x) %}{{ x }}::numeric{% endmacro %}
                    """
                )
            )
            .File("models/a.sql", "select {{ tools.money('1') }} as x");

        Assert.Contains("1::numeric as x", files.Sql("model.shop.a"), StringComparison.Ordinal);

        files.File("macros/o.sql", "{% macro default__money(x) %}{{ x }}::money{% endmacro %}");
        Assert.Contains("1::money as x", files.Sql("model.shop.a"), StringComparison.Ordinal);
    }

    private static ModelNode Model(CompiledProject project, string name) =>
        (ModelNode)project.Graph[$"model.shop.{name}"];
}
