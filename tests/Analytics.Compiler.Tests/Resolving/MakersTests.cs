using Analytics.Compiler.Resolving.Nodes;

namespace Analytics.Compiler.Tests.Resolving;

/// <summary>Which macro makes a model's relation, where not the publish does.</summary>
public sealed class MakersTests
{
    private const string Body = "{{ return({'relations': [this]}) }}{% endmaterialization %}";

    [Theory]
    [InlineData(null, "default", "tools.materialization_own_default")]
    [InlineData("default", "adapter='postgres'", "tools.materialization_own_postgres")]
    [InlineData("adapter='postgres'", "adapter='postgres'", "shop.materialization_own_postgres")]
    public void One_for_postgres_comes_first_and_then_the_projects(string? own, string package, string expected)
    {
        var project = new TestProject()
            .File("models/m.sql", "{{ config(materialized='own') }} select 1 as v")
            .Package("tools", ("macros/m.sql", $"{{% materialization own, {package} %}}{Body}"));
        if (own is not null)
        {
            project.File("macros/m.sql", $"{{% materialization own, {own} %}}{Body}");
        }

        Assert.Equal(expected, MakerOf(project));
    }

    [Fact]
    public void A_package_does_not_replace_those_of_dbt_and_the_project_does()
    {
        var project = new TestProject()
            .File("models/m.sql", "{{ config(materialized='table') }} select 1 as v")
            .Package("tools", ("macros/m.sql", $"{{% materialization table, default %}}{Body}"));
        Assert.Null(MakerOf(project));

        project.File("macros/m.sql", $"{{% materialization table, default %}}{Body}");
        Assert.Equal("shop.materialization_table_default", MakerOf(project));
    }

    [Theory]
    [InlineData("table", "postgres__create_table_as", "dbt.publish_table")]
    [InlineData("view", "postgres__create_table_as", null)]
    [InlineData("view", "create_view_as", "dbt.publish_view")]
    [InlineData("incremental", "get_incremental_append_sql", "dbt.publish_incremental")]
    [InlineData("incremental", "get_merge_sql", null)]
    [InlineData("table", "snowflake__create_table_as", null)]
    public void Only_what_a_replaced_macro_concerns_is_made_by_it(string materialized, string macro, string? expected)
    {
        var project = new TestProject()
            .File("models/m.sql", $"{{{{ config(materialized='{materialized}') }}}} select 1 as v")
            .File("macros/m.sql", $"{{% macro {macro}() %}}{{% endmacro %}}");

        Assert.Equal(expected, MakerOf(project));
    }

    private static string? MakerOf(TestProject project) =>
        project.Compile().Graph.Nodes.OfType<ModelNode>().Single().Maker is { } maker
            ? $"{maker.Package}.{maker.Name}"
            : null;
}
