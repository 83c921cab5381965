using Analytics.Sdk.Tests.Running;

namespace Analytics.Sdk.Tests.Building;

/// <summary>How mistakes of an author look in the output of a build.</summary>
public sealed class DiagnosticOutputTests(PackedSdk sdk)
{
    [Fact]
    public async Task An_unknown_ref_is_an_error_at_its_place_with_a_near_name()
    {
        var project = TestProject
            .CreateShop(sdk)
            .Write("models/totals.sql", "select sum(amount) as total\nfrom {{ ref('oders') }}\n");

        var result = (await project.BuildAsync()).ShouldFail();

        var line = Assert.Single(result.LinesWith("error ASQL3001"));
        Assert.StartsWith(project.PathOf("models/totals.sql") + "(2,", line);
        Assert.Matches(@"totals\.sql\(2,\d+,2,\d+\): error ASQL3001: .*did you mean 'orders'\?", line);
        Assert.False(File.Exists(project.Artifact));
    }

    [Fact]
    public async Task All_mistakes_of_a_project_are_reported_in_one_build()
    {
        var project = TestProject
            .CreateShop(sdk)
            .Write("models/bad_sql.sql", "select from where\n")
            .Write("models/bad_template.sql", "select {{ 1 + }}\n");

        var result = (await project.BuildAsync()).ShouldFail();

        Assert.NotEmpty(result.LinesWith("bad_sql.sql(1,"));
        Assert.NotEmpty(result.LinesWith("bad_template.sql(1,"));
    }

    [Fact]
    public async Task A_warning_is_said_again_by_a_build_that_has_nothing_to_do()
    {
        var project = WithWarning();
        var first = (await project.BuildAsync()).ShouldSucceed();
        var warning = Assert.Single(first.LinesWith("warning ASQL3008"));

        var second = (await project.BuildAsync("-v:d")).ShouldSucceed();

        Assert.Empty(second.LinesWith("Task \"CompileAnalytics\""));
        Assert.Contains(second.LinesWith("warning ASQL3008"), line => line.EndsWith(warning, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("-p:WarningsAsErrors=ASQL3008")]
    [InlineData("-p:TreatWarningsAsErrors=true")]
    public async Task A_warning_that_counts_as_an_error_fails_every_build(string property)
    {
        var project = WithWarning();
        Assert.NotEmpty((await project.BuildAsync(property)).ShouldFail().LinesWith("error ASQL3008"));
        Assert.NotEmpty((await project.BuildAsync(property)).ShouldFail().LinesWith("error ASQL3008"));
    }

    [Fact]
    public async Task NoWarn_silences_a_code()
    {
        var result = (await WithWarning().BuildAsync("-p:NoWarn=ASQL3008")).ShouldSucceed();
        Assert.Empty(result.LinesWith("ASQL3008"));
    }

    [Fact]
    public async Task Editorconfig_sets_the_severity_of_a_code_for_some_files()
    {
        var project = WithWarning()
            .Write("models/other.yml", "models:\n  - name: nobody\n")
            .Write(".editorconfig", "root = true\n[models/schema.yml]\ndotnet_diagnostic.ASQL3008.severity = none\n");

        var result = (await project.BuildAsync()).ShouldSucceed();

        var line = Assert.Single(result.LinesWith("warning ASQL3008"));
        Assert.Contains("other.yml(2,", line, StringComparison.Ordinal);
        project.Write(".editorconfig", "root = true\n[*.yml]\ndotnet_diagnostic.ASQL3008.severity = error\n");
        Assert.Equal(2, (await project.BuildAsync()).ShouldFail().LinesWith("error ASQL3008").Count);
    }

    private TestProject WithWarning() =>
        TestProject.CreateShop(sdk).Write("models/schema.yml", "models:\n  - name: somebody\n");
}
