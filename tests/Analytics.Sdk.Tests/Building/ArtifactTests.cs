using System.IO.Compression;
using Analytics.Sdk.Tests.Running;

namespace Analytics.Sdk.Tests.Building;

/// <summary>What a build leaves on disk.</summary>
public sealed class ArtifactTests(PackedSdk sdk)
{
    [Fact]
    public async Task Two_folders_with_the_same_files_give_the_same_bytes()
    {
        var first = TestProject.CreateShop(sdk);
        var second = TestProject.CreateShop(sdk, parent: Path.Combine(sdk.ProjectsDirectory, "elsewhere", "deeper"));
        (await first.BuildAsync()).ShouldSucceed();
        (await second.BuildAsync()).ShouldSucceed();

        Assert.Equal(
            await File.ReadAllBytesAsync(first.Artifact, TestContext.Current.CancellationToken),
            await File.ReadAllBytesAsync(second.Artifact, TestContext.Current.CancellationToken)
        );
    }

    [Fact]
    public async Task The_manifest_lies_beside_the_artifact_and_is_the_one_in_it()
    {
        var project = TestProject.CreateShop(sdk);
        (await project.BuildAsync()).ShouldSucceed();

        var beside = Path.Combine(Path.GetDirectoryName(project.Artifact)!, "manifest.json");
        await using var zip = await ZipFile.OpenReadAsync(project.Artifact, TestContext.Current.CancellationToken);
        using var reader = new StreamReader(
            await zip.GetEntry("manifest.json")!.OpenAsync(TestContext.Current.CancellationToken)
        );
        Assert.Equal(
            await reader.ReadToEndAsync(TestContext.Current.CancellationToken),
            await File.ReadAllTextAsync(beside, TestContext.Current.CancellationToken)
        );

        File.Delete(beside);
        Assert.False(await project.CompilesAsync());
        Assert.True(File.Exists(beside));
        (await project.RunAsync("clean")).ShouldSucceed();
        Assert.False(File.Exists(beside));
    }

    [Fact]
    public async Task Clean_deletes_what_the_build_wrote_and_nothing_else()
    {
        var project = TestProject.CreateShop(sdk);
        (await project.BuildAsync()).ShouldSucceed();
        project.Write("obj/postgres/PG_VERSION", "18\n");
        (await project.RunAsync("clean")).ShouldSucceed();

        Assert.False(File.Exists(project.Artifact));
        Assert.Empty(Directory.EnumerateFiles(project.PathOf("obj/Debug"), "*.pgpac"));
        Assert.Empty(Directory.EnumerateFiles(project.PathOf("obj/Debug"), "*.state.props"));
        Assert.True(File.Exists(project.PathOf("obj/postgres/PG_VERSION")), "the data of the private server is gone");
        Assert.True(await project.CompilesAsync());
    }

    [Fact]
    public async Task A_solution_builds_a_referenced_project_and_hands_its_macros_over()
    {
        var parent = Path.Combine(sdk.ProjectsDirectory, "solution");
        var macros = TestProject
            .Create(sdk, "Macros", "<PropertyGroup><IsPublishable>false</IsPublishable></PropertyGroup>", parent)
            .Write("dbt_project.yml", "name: shared\n")
            .Write("macros/cents.sql", "{% macro cents(x) %}({{ x }} * 100){% endmacro %}\n");
        var shop = TestProject
            .CreateShop(sdk, "<ItemGroup><ProjectReference Include=\"../Macros/Macros.sqlproj\" /></ItemGroup>", parent)
            .Write("models/totals.sql", "select {{ shared.cents('amount') }} as cents from {{ ref('orders') }}\n");
        await File.WriteAllTextAsync(
            Path.Combine(parent, "All.slnx"),
            """<Solution><Project Path="Shop/Shop.sqlproj" Type="130159A9-F047-44B3-88CF-0CF7F02ED50F" /><Project Path="Macros/Macros.sqlproj" Type="130159A9-F047-44B3-88CF-0CF7F02ED50F" /></Solution>""",
            TestContext.Current.CancellationToken
        );

        (
            await Dotnet.RunAsync(parent, ["build", "All.slnx"], null, TestContext.Current.CancellationToken)
        ).ShouldSucceed();

        Assert.True(File.Exists(shop.Artifact));
        Assert.True(File.Exists(macros.Artifact));
        Assert.False(await shop.CompilesAsync());
        macros.Write("macros/cents.sql", "{% macro cents(x) %}({{ x }} * 1000){% endmacro %}\n");
        Assert.True(await shop.CompilesAsync(), "a macro of the referenced project was changed");
    }

    [Fact]
    public async Task A_packed_project_brings_its_macros_by_PackageReference()
    {
        var library = TestProject
            .Create(sdk, "Acme.Macros", "<PropertyGroup><Version>1.2.0</Version></PropertyGroup>")
            .Write("dbt_project.yml", "name: acme\n")
            .Write("macros/deep/er/twice.sql", "{% macro twice(x) %}({{ x }} * 2){% endmacro %}\n");
        (await library.RunAsync("pack", "-o", sdk.FeedDirectory)).ShouldSucceed();
        var project = TestProject
            .CreateShop(sdk, "<ItemGroup><PackageReference Include=\"Acme.Macros\" Version=\"[1.2,2)\" /></ItemGroup>")
            .Write("models/totals.sql", "select {{ acme.twice('amount') }} as twice from {{ ref('orders') }}\n");

        (await project.BuildAsync()).ShouldSucceed();

        (
            await library
                .Write("macros/deep/er/twice.sql", "{% macro thrice(x) %}{% endmacro %}\n")
                .RunAsync("pack", "-p:Version=1.3.0", "-o", sdk.FeedDirectory)
        ).ShouldSucceed();
        project.Write(
            "Shop.sqlproj",
            (
                await File.ReadAllTextAsync(project.PathOf("Shop.sqlproj"), TestContext.Current.CancellationToken)
            ).Replace("[1.2,2)", "1.3.0", StringComparison.Ordinal)
        );
        var result = (await project.BuildAsync()).ShouldFail();
        Assert.NotEmpty(result.LinesWith("totals.sql(1,"));
    }
}
