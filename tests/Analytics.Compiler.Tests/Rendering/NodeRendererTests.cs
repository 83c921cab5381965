using Analytics.Compiler.Rendering;

namespace Analytics.Compiler.Tests.Rendering;

public sealed class NodeRendererTests
{
    [Fact]
    public void Ref_source_and_this_render_quoted_full_names()
    {
        var files = new TestProject()
            .File(
                "models/_s.yml",
                "sources:\n  - name: raw\n    schema: lake\n    tables: [{name: t, identifier: T1}]\n"
            )
            .File("models/b.sql", "select 1 as one")
            .File("models/a.sql", "select '{{ this }}' as me from {{ ref('b') }}, {{ source('raw', 't') }}");

        Assert.Equal(
            """select '"db"."dev"."a"' as me from "db"."dev"."b", "db"."lake"."T1" """.TrimEnd(),
            files.Sql("model.shop.a")
        );
    }

    [Fact]
    public void Is_incremental_takes_the_branch_it_is_asked_for()
    {
        var files = new TestProject().File(
            "models/a.sql",
            "{{ config(materialized='incremental') }}select 1 as one{% if is_incremental() %} where true{% endif %}"
        );

        Assert.Equal("select 1 as one", files.Sql("model.shop.a"));
        Assert.Equal("select 1 as one where true", files.Sql("model.shop.a", isIncremental: true));
    }

    [Fact]
    public void Ephemeral_models_become_expressions_in_front_each_once_and_in_order()
    {
        var files = new TestProject()
            .File("models/z.sql", "{{ config(materialized='ephemeral') }}select 1 as one")
            .File("models/y.sql", "{{ config(materialized='ephemeral') }}select * from {{ ref('z') }}")
            .File("models/a.sql", "select * from {{ ref('y') }} join {{ ref('z') }} using (one)")
            .File("models/b.sql", "-- c\nwith recursive own as (select 1) select * from own, {{ ref('z') }}");

        Assert.Equal(
            """
            with __dbt__cte__z as (
            select 1 as one
            ),  __dbt__cte__y as (
            select * from __dbt__cte__z
            ) select * from __dbt__cte__y join __dbt__cte__z using (one)
            """,
            files.Sql("model.shop.a")
        );
        Assert.Equal(
            "-- c\nwith recursive  __dbt__cte__z as (\nselect 1 as one\n), own as (select 1) select * from own, __dbt__cte__z",
            files.Sql("model.shop.b")
        );
    }

    [Fact]
    public void Expressions_of_ephemeral_models_stand_in_the_order_of_the_calls()
    {
        var files = new TestProject()
            .File("models/first.sql", "{{ config(materialized='ephemeral') }}select 1 as one")
            .File("models/last.sql", "{{ config(materialized='ephemeral') }}select 2 as two")
            .File("models/a.sql", "\n\n-- c\nselect * from {{ ref('last') }}, {{ ref('first') }}\n\n");

        Assert.Equal(
            "with __dbt__cte__last as (\nselect 2 as two\n),  __dbt__cte__first as (\nselect 1 as one\n) "
                + "-- c\nselect * from __dbt__cte__last, __dbt__cte__first",
            files.Sql("model.shop.a")
        );
    }

    [Fact]
    public void White_space_around_a_file_is_no_part_of_the_model()
    {
        var files = new TestProject()
            .File("models/a.sql", "\n  {{ config(materialized='view') }}\n\nselect 1 as one\n\n\n")
            .File("models/b.sql", "\n\nselect 1 as one\n\n");

        Assert.Equal("\n\nselect 1 as one", files.Sql("model.shop.a"));
        Assert.Equal("select 1 as one", files.Sql("model.shop.b"));
    }

    [Fact]
    public void An_error_inside_an_ephemeral_model_lands_in_its_own_file()
    {
        var files = new TestProject()
            .File("models/z.sql", "{{ config(materialized='ephemeral') }}select broken")
            .File("models/a.sql", "select * from {{ ref('z') }}");
        var sql = TestProject.Render(files.Compile(), "model.shop.a");

        var (inner, _) = sql.Locate(sql.Text.IndexOf("broken", StringComparison.Ordinal), 6);
        var (outer, _) = sql.Locate(sql.Text.IndexOf("* from __dbt", StringComparison.Ordinal));

        Assert.Equal("models/z.sql(1,46,1,52)", inner.ToString());
        Assert.Equal("models/a.sql(1,8,1,9)", outer.ToString());
    }

    [Fact]
    public void A_where_config_filters_the_tested_relation()
    {
        var files = new TestProject()
            .File("models/a.sql", "select 1 as one")
            .File(
                "models/_m.yml",
                "models: [{name: a, columns: [{name: one, data_tests: [{not_null: {config: {where: 'one > 0'}}}]}]}]"
            );
        var project = files.Compile();
        var test = project.Graph.Nodes.Single(node => node.Name == "not_null_a_one");

        var sql = TestProject.Render(project, test.UniqueId).Text;

        Assert.Contains(
            """from (select * from "db"."dev"."a" where one > 0) dbt_subquery""",
            sql,
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData("it's")]
    [InlineData("it''s")]
    public void Accepted_values_doubles_the_quotes_that_the_author_has_not_doubled(string value)
    {
        var files = new TestProject()
            .File("models/a.sql", "select 1 as one")
            .File(
                "models/_m.yml",
                $"models: [{{name: a, columns: [{{name: one, data_tests: [{{accepted_values: {{values: [\"{value}\"]}}}}]}}]}}]"
            );
        var project = files.Compile();
        var test = project.Graph.Nodes.Single(node => node.UniqueId.StartsWith("test.", StringComparison.Ordinal));

        Assert.Contains("'it''s'", TestProject.Render(project, test.UniqueId).Text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_variable_that_holds_a_template_is_rendered_where_it_is_read()
    {
        var files = new TestProject
        {
            Vars = "{issue: \"{{ source('github', 'issue') }}\", id: 7, same: \"{{ var('id') }}\"}",
        }
            .File("models/_s.yml", "sources: [{name: github, tables: [{name: issue}]}]")
            .File("models/a.sql", "select {{ var('same') }} as id from {{ var('issue') }}");

        Assert.Equal("select 7 as id from \"db\".\"github\".\"issue\"", files.Sql("model.shop.a"));
        Assert.Equal(["source.shop.github.issue"], files.Compile().Graph["model.shop.a"].DependsOn);
    }

    [Theory]
    [InlineData("{{ source('github', 'isue') }}", "error ASQL3002: no source table 'github.isue' is declared")]
    [InlineData("{{ nope() }}", "error ASQL1002: 'nope' is undefined")]
    [InlineData("{{ 1 + }}", "error ASQL1001: in the value of the variable 'v': Unexpected '}}'")]
    [InlineData("{{ var('v') }}", "error ASQL1004: ")]
    public void An_error_in_the_template_of_a_variable_lands_where_it_is_read(string template, string message)
    {
        var files = new TestProject { Vars = $"{{v: \"{template}\"}}" }.File(
            "models/a.sql",
            "select {{ var('v') }} as one"
        );

        var line = Assert.Single(files.Diagnostics());
        Assert.StartsWith($"models/a.sql(1,11,1,19): {message}", line, StringComparison.Ordinal);
    }

    [Fact]
    public void A_secret_variable_never_reaches_a_model()
    {
        var files = new TestProject()
            .Variable("DBT_ENV_SECRET_KEY", "sesame")
            .File("models/a.sql", "select '{{ env_var(\"DBT_ENV_SECRET_KEY\") }}' as k");

        var line = Assert.Single(files.Diagnostics());
        Assert.StartsWith("models/a.sql(1,20,1,40): error ASQL1005", line, StringComparison.Ordinal);
        Assert.DoesNotContain("sesame", line, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{{ dbt.dateadd('day', 3, 'd') }}", "d + ((interval '1 day') * (3))")]
    [InlineData("{{ dateadd('day', -1, 'd') }}", "d + ((interval '1 day') * (-1))")]
    [InlineData("{{ dbt.type_string() }}", "TEXT")]
    [InlineData("{{ dbt.concat(['a', \"'-'\", 'b']) }}", "a || '-' || b")]
    [InlineData("{{ dbt.hash('x') }}", "md5(cast(x as TEXT))")]
    [InlineData("{{ dbt.any_value('x') }}", "min(x)")]
    [InlineData("{{ var('v') }}-{{ var('w', 7) }}", "5-7")]
    [InlineData("{{ tojson({'a': [1, none]}) }} {{ fromjson('{').x }}{{ fromjson('[1]')[0] }}", "{\"a\": [1, null]} 1")]
    [InlineData(
        "{{ fromyaml('a: [yes, 2]').a }} {{ set([1, 1]) | length }} {{ zip([1, 2], 'ab') }}",
        "[True, 2] 1 [(1, 'a'), (2, 'b')]"
    )]
    [InlineData(
        "{{ modules.datetime.datetime.now().year }} {{ run_started_at.strftime('%Y-%m-%d') }}",
        "1970 1970-01-01"
    )]
    [InlineData(
        "{{ modules.re.sub('[aeiou]', '_', 'warehouse') }} {{ dbt.date(2024, 2, 29) }}",
        "w_r_h__s_ to_date('2024-02-29', 'YYYY-MM-DD')"
    )]
    [InlineData("{{ local_md5('a') }}", "0cc175b9c0f1b6a831c399e269772661")]
    [InlineData("{{ target.name }} {{ target.schema }} {{ target.type }} {{ target.password }}", "dev dev postgres")]
    public void Context_functions_and_cross_database_macros_write_postgres_sql(string template, string expected)
    {
        var files = new TestProject { Vars = "{v: 5}" }.File("models/a.sql", $"{template}");

        Assert.Equal(expected, TestProject.Render(files.Compile(), "model.shop.a").Text.Trim());
    }

    [Fact]
    public void Where_relations_are_can_be_bound_anew_for_each_rendering()
    {
        var project = new TestProject()
            .File("models/b.sql", "select 1 as one")
            .File("models/a.sql", "select * from {{ ref('b') }}")
            .Compile();
        var scope = new RenderScope(new Elsewhere(), false, false, NoWarehouse.Instance, false);

        var sql = project
            .Renderer.Render(project.Graph["model.shop.a"], scope, TestContext.Current.CancellationToken)
            .Sql!.Text;

        Assert.Equal("""select * from "db"."dev__next"."b" """.TrimEnd(), sql);
    }

    private sealed class Elsewhere : IRelationBinding
    {
        public Compiler.Resolving.RelationName Of(Compiler.Resolving.Nodes.RelationNode node) =>
            node.Relation with
            {
                Schema = node.Relation.Schema + "__next",
            };

        public Compiler.Resolving.RelationName Of(Compiler.Resolving.Nodes.FunctionNode node) => node.Relation;

        public Compiler.Resolving.RelationName ThisOf(Compiler.Resolving.Nodes.RelationNode node) => node.Relation;
    }
}
