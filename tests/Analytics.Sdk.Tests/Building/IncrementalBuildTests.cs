using Analytics.Sdk.Tests.Running;

namespace Analytics.Sdk.Tests.Building;

/// <summary>One project, changed in every way that must rebuild it, and left alone in between.</summary>
public sealed class IncrementalBuildTests(PackedSdk sdk)
{
    [Fact]
    public async Task Nothing_changed_does_nothing_and_each_change_of_a_file_rebuilds()
    {
        var project = TestProject
            .CreateShop(sdk)
            .Write("dbt_packages/local/dbt_project.yml", "name: local\n")
            .Write("dbt_packages/local/macros/one.sql", "{% macro one() %}1{% endmacro %}\n");
        Assert.True(await project.CompilesAsync());
        await UpToDateAsync(project);

        File.SetLastWriteTimeUtc(project.PathOf("models/orders.sql"), DateTime.UtcNow);
        await RebuildsAsync(project, "a model was touched");

        project.Write("models/late.sql", "select 1 as id\n");
        Age(project, "models/late.sql");
        await RebuildsAsync(project, "a model with an old date was added");

        File.Move(project.PathOf("models/late.sql"), project.PathOf("models/later.sql"));
        await RebuildsAsync(project, "a model was renamed");

        File.Delete(project.PathOf("models/later.sql"));
        await RebuildsAsync(project, "a model was deleted");

        project.Write("dbt_packages/local/macros/one.sql", "{% macro one() %}2{% endmacro %}\n");
        await RebuildsAsync(project, "a macro of a package was changed");

        project.Write("profiles.yml", "x: {}\n");
        Age(project, "profiles.yml");
        await project.BuildAsync();
        File.Delete(project.PathOf("profiles.yml"));
        await RebuildsAsync(project, "profiles.yml was deleted");
    }

    [Fact]
    public async Task A_property_or_a_variable_that_changes_rebuilds()
    {
        var project = TestProject
            .CreateShop(sdk)
            .Write(
                "models/sized.sql",
                "select {{ var('size', 1) }} as size, '{{ env_var('SHOP_COLOUR', 'red') }}' as colour\n"
            );
        Assert.True(await project.CompilesAsync());
        Assert.True(await project.CompilesAsync("-p:Vars={size: 2}"), "Vars");
        Assert.False(await project.CompilesAsync("-p:Vars={size: 2}"), "the same Vars");
        Assert.True(await project.CompilesAsync("-p:Vars={size: 2}", "-p:target=dev"), "target");
        Assert.False(await project.CompilesAsync("-p:Vars={size: 2}", "-p:AnalyticsTarget=dev"), "the same target");

        var blue = new Dictionary<string, string> { ["SHOP_COLOUR"] = "blue" };
        Assert.True(await project.CompilesAsync(), "no property");
        Assert.True(await project.CompilesAsync(blue), "an environment variable that env_var() read");
        Assert.False(await project.CompilesAsync(blue), "the same environment");
    }

    [Fact]
    public async Task A_package_that_only_the_yaml_names_is_used_and_watched()
    {
        var project = TestProject
            .CreateShop(sdk)
            .Write("dbt_project.yml", "name: shop\npackages-install-path: vendor\n")
            .Write("packages.yml", "packages:\n  - local: ../shared\n")
            .Write("../shared/dbt_project.yml", "name: shared\n")
            .Write("../shared/macros/one.sql", "{% macro one() %}1{% endmacro %}\n")
            .Write("vendor/two/dbt_project.yml", "name: two\n")
            .Write("vendor/two/macros/two.sql", "{% macro two() %}2{% endmacro %}\n")
            .Write("models/both.sql", "select {{ shared.one() }} as one, {{ two.two() }} as two\n");
        Assert.True(await project.CompilesAsync());
        await UpToDateAsync(project);

        project.Write("../shared/macros/one.sql", "{% macro one() %}11{% endmacro %}\n");
        await RebuildsAsync(project, "a macro of a local package was changed");

        project.Write("vendor/two/macros/three.sql", "{% macro three() %}3{% endmacro %}\n");
        await RebuildsAsync(project, "a macro of an installed package was added");
    }

    private static async Task UpToDateAsync(TestProject project) =>
        Assert.False(await project.CompilesAsync("--no-restore"), "nothing was changed");

    private static async Task RebuildsAsync(TestProject project, string what)
    {
        Assert.True(await project.CompilesAsync("--no-restore"), what);
        await UpToDateAsync(project);
    }

    // Copied from elsewhere, with the date it had there.
    private static void Age(TestProject project, string path) =>
        File.SetLastWriteTimeUtc(project.PathOf(path), new DateTime(2020, 1, 1, 0, 0, 0, DateTimeKind.Utc));
}
