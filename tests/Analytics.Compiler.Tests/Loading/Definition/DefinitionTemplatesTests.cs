using Analytics.Compiler.Resolving.Nodes;

namespace Analytics.Compiler.Tests.Loading.Definition;

/// <summary>Templates in <c>dbt_project.yml</c> that are rendered when the file is read.</summary>
public sealed class DefinitionTemplatesTests
{
    private const string Definition = """
        name: "{{ env_var('SHOP', 'shop') }}"
        model-paths: ["{{ var('folder', 'models') }}", "{{ target.name }}_models"]
        quoting:
          identifier: "{{ target.type != 'postgres' }}"
        restrict-access: "{{ var('strict', false) }}"
        dispatch:
          - macro_namespace: "{{ 'dbt_' ~ 'utils' }}"
            search_order: "{{ var('order', ['shop', 'dbt_utils']) }}"
        models:
          +materialized: "{{ 'table' if target.name == 'dev' else 'view' }}"
          +post-hook: "{{ this }}"
        """;

    private static TestProject Project() =>
        new TestProject()
            .File("dbt_project.yml", Definition)
            .File("sql/m.sql", "select 1 as one")
            .File("dev_models/n.sql", "select * from {{ ref('m') }}");

    [Fact]
    public void Names_folders_quoting_and_dispatch_are_rendered()
    {
        var project = Project();
        project.Vars = "{folder: sql}";

        var definition = project.Compile(allowing: "ASQL0020").Source.Root.Definition;

        Assert.Equal(("shop", false), (definition.Name, definition.RestrictsAccess));
        Assert.Equal(["sql", "dev_models"], definition.Paths.Models);
        Assert.Equal(["shop", "dbt_utils"], definition.Dispatch["dbt_utils"]);
    }

    [Fact]
    public void A_build_renders_them_as_a_publish_does()
    {
        var project = Project();
        project.Vars = "{folder: sql}";
        project.Variable("SHOP", "store");

        var result = project.Build();

        Assert.Empty(result.Diagnostics.Where(found => found.Id != "ASQL0020"));
        Assert.NotNull(result.Artifact);
    }

    [Fact]
    public void Quoting_from_a_template_is_obeyed()
    {
        var project = Project();
        project.Vars = "{folder: sql}";

        var model = project.Compile(allowing: "ASQL0020").Graph.Nodes.OfType<ModelNode>().First();

        Assert.Equal((true, false), (model.Quoting.Schema, model.Quoting.Identifier));
    }
}
