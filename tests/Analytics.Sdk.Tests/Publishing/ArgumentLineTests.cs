using Analytics.Tasks.Publishing;

namespace Analytics.Sdk.Tests.Publishing;

public sealed class ArgumentLineTests
{
    [Theory]
    [InlineData("", new string[0])]
    [InlineData("  a   b ", new[] { "a", "b" })]
    [InlineData("\"a b\" c", new[] { "a b", "c" })]
    [InlineData("--x=\"a b\"", new[] { "--x=a b" })]
    [InlineData("\"say \\\"hi\\\"\"", new[] { "say \"hi\"" })]
    [InlineData("\"\"", new[] { "" })]
    [InlineData("C:\\tools\\x.dll", new[] { "C:\\tools\\x.dll" })]
    [InlineData("\"never closed", new[] { "never closed" })]
    [InlineData("$HOME *", new[] { "$HOME", "*" })]
    public void A_line_comes_apart_without_a_shell(string line, string[] arguments) =>
        Assert.Equal(arguments, ArgumentLine.Split(line));
}
