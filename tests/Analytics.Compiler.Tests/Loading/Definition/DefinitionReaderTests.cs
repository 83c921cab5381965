using Analytics.Compiler.Loading.Resources;
using Analytics.Compiler.Loading.Yaml;

namespace Analytics.Compiler.Tests.Loading.Definition;

public class DefinitionReaderTests
{
    [Fact]
    public void All_keys_of_dbt_are_read_without_a_word()
    {
        const string Text = """
            name: shop
            version: 1.0.0
            config-version: 2
            require-dbt-version: [">=1.6.0", "<2.0.0"]
            profile: warehouse
            docs-paths: [docs]
            asset-paths: [assets]
            target-path: target
            clean-targets: [target, dbt_packages]
            packages-install-path: dbt_packages
            query-comment: null
            flags: {send_anonymous_usage_stats: false}
            restrict-access: true
            quoting: {database: false, schema: true, identifier: true}
            vars:
              start: "2024-01-01"
              shop: {inner: 1}
            on-run-start: "create schema if not exists x"
            on-run-end:
              - "{{ grant_all() }}"
              - {sql: vacuum, transaction: false}
            dispatch:
              - macro_namespace: dbt_utils
                search_order: [shop, dbt_utils]
            models:
              +materialized: view
              shop:
                marts: {+schema: gold, +my_own_config: 1}
            seeds: {shop: {+quote_columns: false}}
            snapshots: {+target_schema: silver}
            sources: {shop: {+enabled: true}}
            data_tests: {+severity: warn}
            exposures: {+enabled: false}
            semantic-models: {}
            metrics: {}
            saved-queries: {}
            """;
        var result = LoadingProject.Load(("dbt_project.yml", Text));

        Assert.Empty(result.Diagnostics);
        var definition = result.Source!.Root.Definition;
        Assert.Equal("shop", definition.NameSpan.Text);
        Assert.Equal("1.0.0", definition.Version);
        Assert.Equal("warehouse", definition.Profile);
        Assert.Equal(["docs"], definition.Paths.Docs);
        Assert.Equal("2024-01-01", ((YamlScalar)definition.Vars!["start"]!).Value);
        Assert.Equal(["create schema if not exists x"], definition.OnRunStart.Select(hook => hook.Text));
        Assert.Equal(["{{ grant_all() }}", "vacuum"], definition.OnRunEnd.Select(hook => hook.Text));
        Assert.Equal(["shop", "dbt_utils"], definition.Dispatch["dbt_utils"]);
        Assert.NotNull(definition.Quoting);
        Assert.Equal(
            [
                ResourceKind.Model,
                ResourceKind.Seed,
                ResourceKind.Snapshot,
                ResourceKind.Test,
                ResourceKind.Source,
                ResourceKind.Exposure,
            ],
            Enum.GetValues<ResourceKind>().Where(kind => definition.ConfigTrees[kind] is not null).Order()
        );
    }

    [Theory]
    [InlineData(
        "name: my-shop\n",
        "(1,7,1,14): error ASQL0013: project name 'my-shop' is not a valid name: it must be letters, digits and underscores, and not begin with a digit",
        "my_shop"
    )]
    [InlineData(
        "name: '1shop'\n",
        "(1,8,1,13): error ASQL0013: project name '1shop' is not a valid name: it must be letters, digits and underscores, and not begin with a digit",
        "_1shop"
    )]
    [InlineData("version: 1\n", "(1,1,1,8): error ASQL0004: dbt_project.yml needs the key 'name'", "hinted_name")]
    [InlineData(
        "name: a\nmodelpaths: [x]\n",
        "(2,1,2,11): warning ASQL0003: 'modelpaths' is not a key of dbt_project.yml; did you mean 'model-paths'?",
        "a"
    )]
    [InlineData(
        "name: a\nmodel-paths: ['../x']\n",
        "(2,16,2,20): error ASQL0006: config 'model-paths' is '../x'; expected a folder inside the project, relative to it",
        "a"
    )]
    [InlineData(
        "name: a\nmodels:\n  a:\n    +materialised: view\n",
        "(4,5,4,18): warning ASQL0003: '+materialised' is not a key of a config; did you mean 'materialized'?",
        "a"
    )]
    [InlineData(
        "name: a\nmodels:\n  a:\n    materialised: view\n",
        "(4,5,4,17): warning ASQL0003: 'materialised' is not a key of a config; did you mean 'materialized'?",
        "a"
    )]
    [InlineData(
        "name: a\nmodels: view\n",
        "(2,9,2,13): error ASQL0002: 'models' must be a mapping, but a string was found",
        "a"
    )]
    [InlineData(
        "name: a\nvars: [x]\n",
        "(2,7,2,10): error ASQL0002: 'vars' must be a mapping, but a list was found",
        "a"
    )]
    [InlineData(
        "name: a\ntests: {}\ndata_tests: {}\n",
        "(2,1,2,6): error ASQL0005: the key 'data_tests' is given twice in one mapping",
        "a"
    )]
    [InlineData(
        "name: a\ndispatch:\n  - macro_namespace: x\n",
        "(3,5,3,20): error ASQL0004: an entry of 'dispatch' needs the key 'search_order'",
        "a"
    )]
    [InlineData(
        "name: a\non-run-end:\n  - {transaction: true}\n",
        "(3,6,3,17): error ASQL0004: a hook of 'on-run-end' needs the key 'sql'",
        "a"
    )]
    public void A_mistake_is_reported_and_the_rest_is_read(string text, string expected, string name)
    {
        var result = LoadingProject.Load(("dbt_project.yml", text));

        Assert.Equal([$"dbt_project.yml{expected}"], result.Messages());
        Assert.Equal(name, result.Source!.Root.Name);
    }

    [Theory]
    [InlineData("", "(1,1,1,1): error ASQL0004: dbt_project.yml needs the key 'name'")]
    [InlineData("- a\n", "(1,1,1,4): error ASQL0002: dbt_project.yml must be a mapping, but a list was found")]
    public void A_file_that_is_no_mapping_cannot_be_used(string text, string expected)
    {
        var result = LoadingProject.Load(("dbt_project.yml", text));

        Assert.Equal([$"dbt_project.yml{expected}"], result.Messages());
        Assert.Null(result.Source);
    }

    [Fact]
    public void The_older_names_of_folders_are_understood()
    {
        var paths = LoadingProject
            .Load(("dbt_project.yml", "name: a\nsource-paths: [src]\ndata-paths: [data]\n"))
            .Source!.Root.Definition.Paths;

        Assert.Equal(["src"], paths.Models);
        Assert.Equal(["data"], paths.Seeds);
    }

    [Fact]
    public void Variables_may_have_a_file_of_their_own()
    {
        var project = new TestProject()
            .File("vars.yml", "vars:\n  size: 3\n  shop: {colour: red}\n")
            .File("models/a.sql", "select {{ var('size') }} as size, '{{ var('colour') }}' as colour");

        Assert.Equal("select 3 as size, 'red' as colour", project.Sql("model.shop.a"));
    }

    [Theory]
    [InlineData("query-comment: run by {{ user }}", "run by {{ user }}")]
    [InlineData("query-comment: {comment: x, append: true}", "x")]
    [InlineData("query-comment: {append: true}", null)]
    [InlineData("query-comment: null", "")]
    [InlineData("query-comment: ''", "")]
    public void A_query_comment_is_read_in_all_its_forms(string line, string? template)
    {
        var result = LoadingProject.Load(("dbt_project.yml", $"name: shop\n{line}\n"));

        Assert.Empty(result.Messages());
        var comment = result.Source!.Root.Definition.QueryComment!;
        Assert.Equal(template, comment.Template);
    }
}
