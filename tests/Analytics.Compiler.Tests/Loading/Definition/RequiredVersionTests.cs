namespace Analytics.Compiler.Tests.Loading.Definition;

/// <summary><c>require-dbt-version</c>.</summary>
public sealed class RequiredVersionTests
{
    private static string[] Messages(string required, string rest = "") =>
        [
            .. new TestProject()
                .File("dbt_project.yml", $"name: shop\nrequire-dbt-version: {required}\n{rest}")
                .File("models/m.sql", "select 1 as one")
                .Build()
                .Diagnostics.Select(diagnostic => diagnostic.Id),
        ];

    [Theory]
    [InlineData("'>=1.0.0'")]
    [InlineData("['>=1.6.0', '<2.0.0']")]
    [InlineData("'>=1.6.0,<2.0.0'")]
    [InlineData("['>=1.12.0-b1', '<=1.12.3']")]
    [InlineData("['>1.12.3-rc1', '>1.12.3rc1']")]
    [InlineData("1.12.3")]
    [InlineData("=1.12.3")]
    public void A_range_with_this_version_in_it_fits(string required) => Assert.Empty(Messages(required));

    [Theory]
    [InlineData("'>=2.0.0'")]
    [InlineData("['>=1.3.0', '<1.8.0']")]
    [InlineData("'>1.12.3'")]
    [InlineData("'<=1.12.3-rc1'")]
    [InlineData("1.12.2")]
    public void A_range_without_it_is_an_error(string required) => Assert.Equal(["ASQL0023"], Messages(required));

    [Theory]
    [InlineData("'1.12'")]
    [InlineData("'~=1.12.0'")]
    [InlineData("latest")]
    public void What_is_no_version_is_an_error(string required) => Assert.Equal(["ASQL0006"], Messages(required));

    [Fact]
    public void The_check_can_be_switched_off() =>
        Assert.Empty(Messages("'>=2.0.0'", "flags:\n  version_check: false\n"));

    [Fact]
    public void A_package_is_checked_too()
    {
        var result = new TestProject()
            .File("models/m.sql", "select 1 as one")
            .Package("tools", ("dbt_project.yml", "name: tools\nrequire-dbt-version: '<1.0.0'\n"))
            .Build();

        Assert.Equal(
            "'tools' asks for dbt <1.0.0, but what is here is dbt 1.12.3; take another version of it, or say 'version_check: false' in the project's 'flags'",
            Assert.Single(result.Diagnostics).Message
        );
    }
}
