namespace Analytics.Compiler.Tests.Loading;

public sealed class InstalledPackagesTests
{
    private const string Packages = """
        packages:
          - package: dbt-labs/dbt_utils
            version: 1.3.0
          - git: https://example.org/acme/warehouse-stuff.git
            revision: 1.0.0
        """;

    [Fact]
    public void A_package_is_recognised_by_its_name_wherever_it_comes_from()
    {
        var messages = new TestProject()
            .Variable("USER", "ann")
            .File("packages.yml", Packages)
            .Package("dbt_utils")
            .Diagnostics();

        Assert.Equal("packages.yml(4,10,4,54)", Assert.Single(messages).Split(':')[0]);
    }

    [Fact]
    public void A_repository_whose_package_has_another_name_is_taken_for_granted_when_the_number_is_right()
    {
        var messages = new TestProject()
            .Variable("USER", "ann")
            .File("packages.yml", Packages)
            .Package("dbt_utils")
            .Package("acme")
            .Diagnostics();

        Assert.Empty(messages);
    }
}
