using Analytics.Compiler.Loading;

namespace Analytics.Compiler.Tests.Loading;

public sealed class DotEnvFileTests
{
    [Theory]
    [InlineData("A=1", "1")]
    [InlineData("  export A = one two # why", "one two")]
    [InlineData("A='as # it is\\n'", "as # it is\\n")]
    [InlineData("A=\"a\\nb \\\"c\\\"\" # why", "a\nb \"c\"")]
    [InlineData("A=", "")]
    [InlineData("A=1\r\nA=2\r\n", "2")]
    [InlineData("A=x=y", "x=y")]
    public void A_line_is_a_name_and_a_value(string text, string expected)
    {
        Assert.Equal(expected, DotEnvFile.Parse(text)["A"]);
    }

    [Theory]
    [InlineData("# A=1")]
    [InlineData("no line")]
    [InlineData("=1")]
    public void Other_lines_are_nothing(string text)
    {
        Assert.Empty(DotEnvFile.Parse(text));
    }

    [Fact]
    public void The_environment_itself_counts_where_it_has_the_variable()
    {
        using var folder = new TemporaryFolder();
        folder.Write(".env", "PATH=nowhere\nANALYTICS_ONLY_HERE=here\n");

        var environment = DotEnvFile.Over(ProcessEnvironment.Instance, folder.Path);

        Assert.NotEqual("nowhere", environment.Get("PATH"));
        Assert.Equal("here", environment.Get("ANALYTICS_ONLY_HERE"));
        Assert.Null(environment.Get("ANALYTICS_NOWHERE"));
    }
}
