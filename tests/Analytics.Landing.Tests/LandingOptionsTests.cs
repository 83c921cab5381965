namespace Analytics.Landing.Tests;

public sealed class LandingOptionsTests
{
    [Fact]
    public void Nothing_said_means_a_million_trips()
    {
        Assert.Equal(new LandingOptions(1_000_000, 42, 0, null), LandingOptions.Parse([], out _));
    }

    [Fact]
    public void Everything_can_be_said()
    {
        string[] arguments = ["--trips", "10", "--seed", "7", "--append", "5", "--after", "2023-10-02"];
        Assert.Equal(new LandingOptions(10, 7, 5, new DateTime(2023, 10, 2)), LandingOptions.Parse(arguments, out _));
    }

    [Theory]
    [InlineData("--trips", "many")]
    [InlineData("--trips", "-1")]
    [InlineData("--trips", "0")]
    [InlineData("--trips")]
    [InlineData("--after", "yesterday")]
    [InlineData("--password", "secret")]
    public void What_is_not_understood_is_named(params string[] arguments)
    {
        Assert.Null(LandingOptions.Parse(arguments, out var error));
        Assert.Contains(arguments[0], error, StringComparison.Ordinal);
    }
}
