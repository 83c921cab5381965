using Analytics.Compiler.Loading.Packages;

namespace Analytics.Compiler.Tests.Loading;

public sealed class PackageDiscoveryTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Local_packages_are_found_and_those_that_they_use()
    {
        Write("shop/dbt_project.yml", "name: shop\n");
        Write("shop/packages.yml", "packages:\n  - local: ../first\n  - local: ../nowhere\n");
        Write("first/dbt_project.yml", "name: first\n");
        Write("first/dependencies.yml", "packages:\n  - local: ../second/\n  - local: ../shop\n");
        Write("second/dbt_project.yml", "name: second\n");

        var (packages, watched) = PackageDiscovery.Find(In("shop"), []);

        Assert.Equal([In("first"), In("second")], packages);
        Assert.Equal(packages, watched);
    }

    [Fact]
    public void A_package_that_is_known_by_its_folder_or_its_name_is_not_found_again()
    {
        Write("shop/dbt_project.yml", "name: shop\n");
        Write("shop/packages.yml", "packages:\n  - local: ../first\n  - local: ../second\n");
        Write("shop/dbt_packages/first/dbt_project.yml", "name: first\n");
        Write("first/dbt_project.yml", "name: first\n");
        Write("second/dbt_project.yml", "name: second\n");
        Directory.CreateSymbolicLink(In("shop/dbt_packages/second"), In("second"));

        var (packages, _) = PackageDiscovery.Find(
            In("shop"),
            [In("shop/dbt_packages/first"), In("shop/dbt_packages/second")]
        );

        Assert.Empty(packages);
    }

    [Fact]
    public void A_folder_of_its_own_for_installed_packages_is_looked_into()
    {
        Write("shop/dbt_project.yml", "name: shop\npackages-install-path: vendor/dbt\n");
        Write("shop/vendor/dbt/tools/dbt_project.yml", "name: tools\n");
        Write("shop/vendor/dbt/no_package/readme.md", "");

        var (packages, watched) = PackageDiscovery.Find(In("shop"), []);

        Assert.Equal([In("shop/vendor/dbt/tools")], packages);
        Assert.Equal([In("shop/vendor/dbt")], watched);
    }

    private string In(string path) => Path.GetFullPath(Path.Combine(folder.Path, path));

    private void Write(string path, string text) => folder.Write(path, text);
}
