using System.Text;
using Analytics.Compiler.Loading;
using Analytics.Compiler.Loading.Files;
using Analytics.Compiler.Loading.Resources;

namespace Analytics.Compiler.Tests.Loading;

public class ProjectLoaderTests
{
    [Fact]
    public void Each_file_becomes_what_its_folder_says()
    {
        var result = LoadingProject.Load(
            ("dbt_project.yml", "name: shop\n"),
            ("models/staging/stg_orders.sql", "select 1"),
            ("models/blank.sql", "\n  \n"),
            ("models/docs.md", "{% docs orders %}All of them.{% enddocs %}"),
            ("models/readme.md", "Docs with {% any braces"),
            ("analyses/deep/look.sql", "select 2"),
            ("seeds/geo/countries.csv", "id\n1\n"),
            (
                "snapshots/snap.sql",
                "{% snapshot a %}select 1{% endsnapshot %}\n{% snapshot b %}select 2{% endsnapshot %}"
            ),
            ("tests/assert_x.sql", "select 3"),
            ("tests/generic/is_even.sql", "{% test is_even(model, column_name) %}select 1{% endtest %}"),
            ("tests/odd.sql", "{% test is_odd(model) %}select 1{% endtest %}"),
            ("tests/fixtures/rows.sql", "select 4"),
            (
                "macros/m.sql",
                "{% macro cents(x) %}{{ x }}{% endmacro %}{% materialization log, adapter='postgres' %}{% endmaterialization %}{% materialization log, default %}{% endmaterialization %}"
            ),
            ("other/x.sql", "select 5")
        );

        Assert.Empty(result.Diagnostics);
        var root = result.Source!.Root;
        Assert.Equal(
            [
                "Analysis look shop.analysis.deep.look",
                "Model stg_orders shop.staging.stg_orders",
                "Snapshot a shop.snap.a",
                "Snapshot b shop.snap.b",
                "Test assert_x shop.assert_x",
            ],
            root.Sql.Select(sql => $"{sql.Kind} {sql.Name} {string.Join('.', sql.Fqn)}")
        );
        Assert.Equal("staging/stg_orders.sql", root.Sql[1].RelativePath);
        Assert.Equal("select 2", root.Sql[3].Body.Text);
        Assert.Equal("b", root.Sql[3].NameSpan.Text);
        Assert.Equal(
            ["cents", "materialization_log_postgres", "materialization_log_default", "test_is_even", "test_is_odd"],
            root.Macros.Select(macro => macro.Name)
        );
        Assert.Equal(["shop", "geo", "countries"], Assert.Single(root.Seeds).Fqn);
        Assert.Equal("All of them.", Assert.Single(root.Docs).Body.Text);
    }

    [Fact]
    public void Folders_can_be_named_otherwise()
    {
        var result = LoadingProject.Load(
            ("dbt_project.yml", "name: shop\nmodel-paths: [./src/models/, more]\nmacro-paths: ['lib']\n"),
            ("src/models/a/b.sql", "select 1"),
            ("more/c.sql", "select 1"),
            ("models/d.sql", "select 1"),
            ("lib/m.sql", "{% macro m() %}{% endmacro %}")
        );

        Assert.Empty(result.Diagnostics);
        Assert.Equal(
            ["more/c.sql c.sql", "src/models/a/b.sql a/b.sql"],
            result.Source!.Root.Sql.Select(sql => $"{sql.File.Path} {sql.RelativePath}")
        );
        Assert.Single(result.Source.Root.Macros);
    }

    [Fact]
    public void Without_a_definition_there_are_dbts_defaults()
    {
        var result = LoadingProject.Load(("models/a.sql", "select 1"));

        Assert.Empty(result.Diagnostics);
        var definition = result.Source!.Root.Definition;
        Assert.Equal("hinted_name", definition.Name);
        Assert.Null(definition.Raw);
        Assert.Equal(["models"], definition.Paths.Models);
        Assert.Equal(
            ["models", "seeds", "tests", "analyses", "macros", "snapshots", "functions"],
            definition.Paths.Docs
        );
        Assert.Single(result.Source.Root.Sql);
    }

    [Fact]
    public void A_definition_that_is_no_YAML_leaves_no_source_but_packages_are_still_checked()
    {
        var package = LoadingProject.Files(
            ("dbt_project.yml", "name: utils\n"),
            ("macros/m.sql", "{% macro m( %}{% endmacro %}")
        );
        var result = ProjectLoader.Load(
            new ProjectInput(LoadingProject.Files(("dbt_project.yml", "name: [\n")), [package])
        );

        Assert.Null(result.Source);
        Assert.Equal(["ASQL0001", "ASQL1001"], result.Diagnostics.Select(diagnostic => diagnostic.Id));
    }

    [Fact]
    public void Packages_are_read_like_projects_and_sorted_by_name()
    {
        var zebra = LoadingProject.Files(
            ("dbt_project.yml", "name: zebra\n"),
            ("macros/m.sql", "{% macro m() %}{% endmacro %}")
        );
        var ape = LoadingProject.Files(("dbt_project.yml", "name: ape\nmodls: {}\n"), ("models/a.sql", "select 1"));

        var result = ProjectLoader.Load(
            new ProjectInput(LoadingProject.Files(("dbt_project.yml", "name: shop\n")), [zebra, ape])
        );

        // A misspelt key of a package is nothing that this project's author can mend.
        Assert.Empty(result.Diagnostics);
        Assert.Equal(["shop", "ape", "zebra"], result.Source!.All.Select(package => package.Name));
        Assert.Equal("zebra", result.Source.Packages[1].Macros[0].Package);
        Assert.Equal(["ape", "a"], result.Source.Packages[0].Sql[0].Fqn);
    }

    [Fact]
    public void Two_packages_of_one_name_are_an_error_and_the_first_stays()
    {
        var one = LoadingProject.Files(("dbt_project.yml", "name: utils\n"));
        var two = LoadingProject.Files(("dbt_project.yml", "# again\nname: 'utils'\n"));

        var result = ProjectLoader.Load(
            new ProjectInput(LoadingProject.Files(("dbt_project.yml", "name: shop\n")), [one, two])
        );

        Assert.Equal(
            ["dbt_project.yml(2,8,2,13): error ASQL3004: package 'utils' is also defined in dbt_project.yml"],
            result.Messages()
        );
        Assert.Single(result.Source!.Packages);
    }

    [Fact]
    public void Two_macros_of_one_name_are_an_error_at_the_second()
    {
        var result = LoadingProject.Load(
            ("dbt_project.yml", "name: shop\n"),
            ("macros/a.sql", "{% macro m() %}{% endmacro %}"),
            ("macros/b.sql", "\n{% macro m() %}{% endmacro %}")
        );

        var diagnostic = Assert.Single(result.Diagnostics);
        Assert.Equal(
            "macros/b.sql(2,10,2,11): error ASQL3004: macro 'm' is also defined in macros/a.sql",
            diagnostic.ToString()
        );
        Assert.Equal("macros/a.sql(1,10,1,11)", Assert.Single(diagnostic.Related).Span.ToString());
    }

    [Fact]
    public void A_file_that_is_not_UTF8_is_an_error_at_its_first_bad_byte_and_the_rest_is_read()
    {
        byte[] bytes = [.. "select 'ä"u8, 0xFF, .. "'"u8];
        var files = LoadingProject.Files(("dbt_project.yml", "name: shop\n"), ("models/good.sql", "select 1"));
        files = files with { Files = files.Files.Insert(1, new ProjectFile("models/bad.sql", bytes)) };

        var result = ProjectLoader.Load(new ProjectInput(files, []));

        Assert.Equal(
            ["models/bad.sql(1,10,1,11): error ASQL0012: the file is not valid UTF-8 (first bad byte at offset 10)"],
            result.Messages()
        );
        Assert.Equal("good", Assert.Single(result.Source!.Root.Sql).Name);
    }

    [Fact]
    public void A_byte_order_mark_is_no_part_of_the_text()
    {
        var result = LoadingProject.LoadWith("models/a.sql", "\uFEFFselect 1");

        Assert.Equal("select 1", Assert.Single(result.Source!.Root.Sql).Body.Text);
        Assert.Equal([0xEF, 0xBB, 0xBF], Encoding.UTF8.GetBytes("\uFEFF"));
    }

    [Theory]
    [InlineData("macros/m.sql", "{% macro m() %}\n{{ 1 + }}\n{% endmacro %}", "ASQL1001")]
    [InlineData("macros/m.sql", "{% macro m() %}", "ASQL1001")]
    [InlineData("snapshots/s.sql", "{% snapshot s %}select 1", "ASQL1001")]
    [InlineData("snapshots/s.sql", "select 1", "ASQL0016")]
    [InlineData("models/d.md", "{% docs d %}open", "ASQL1001")]
    public void A_broken_block_is_reported_in_its_file(string path, string text, string code)
    {
        var diagnostic = Assert.Single(LoadingProject.LoadWith(path, text).Diagnostics);

        Assert.Equal(code, diagnostic.Id);
        Assert.Equal(path, diagnostic.Span!.Value.File.Path);
    }

    [Fact]
    public void Every_mistake_of_every_file_is_reported_in_order_of_file_and_place()
    {
        var result = LoadingProject.Load(
            ("dbt_project.yml", "nme: shop\nmodel-paths: {}\n"),
            ("models/a.yml", "sources:\n  - nam: x\nmodels:\n  - nme: y\n"),
            ("models/b.yml", "models: 1\n")
        );

        Assert.Equal(
            [
                "dbt_project.yml(1,1,1,4): warning ASQL0003: 'nme' is not a key of dbt_project.yml; did you mean 'name'?",
                "dbt_project.yml(1,1,1,4): error ASQL0004: dbt_project.yml needs the key 'name'",
                "dbt_project.yml(2,14,2,16): error ASQL0002: 'model-paths' must be a text or a list of texts, but a mapping was found",
                "models/a.yml(2,5,2,8): warning ASQL0003: 'nam' is not a key of a source; did you mean 'name'?",
                "models/a.yml(2,5,2,8): error ASQL0004: a source needs the key 'name'",
                "models/a.yml(4,5,4,8): warning ASQL0003: 'nme' is not a key of a model; did you mean 'name'?",
                "models/a.yml(4,5,4,8): error ASQL0004: a model needs the key 'name'",
                "models/b.yml(1,9,1,10): error ASQL0002: 'models' must be a list, but a whole number was found",
            ],
            result.Messages()
        );
        Assert.Equal("hinted_name", result.Source!.Root.Name);
    }
}
