using Analytics.Tasks.Severities;

namespace Analytics.Sdk.Tests.Severities;

public sealed class EditorConfigFileTests
{
    [Fact]
    public void Only_severities_of_diagnostics_are_read()
    {
        var file = EditorConfigFile.Parse(
            """
            # comment
            root = true
            [*.sql]
            indent_size = 4
            dotnet_diagnostic.ASQL0003.severity = error # why
            dotnet_diagnostic.ASQL0004.severity = loud
            dotnet_diagnostic..severity = error
            """
        );

        Assert.True(file.IsRoot);
        var rule = Assert.Single(file.Rules);
        Assert.Equal(("asql0003", ConfiguredSeverity.Error), (rule.Code, rule.Severity));
    }

    [Fact]
    public void Root_inside_a_section_means_nothing() =>
        Assert.False(EditorConfigFile.Parse("[*]\nroot = true\n").IsRoot);
}
