using Analytics.Compiler.Loading;
using Analytics.Jinja.Values;

namespace Analytics.Compiler.Tests.Loading;

public class VarsReaderTests
{
    [Theory]
    [InlineData("{start: 2024-01-01, n: 3}")]
    [InlineData("{\"start\": \"2024-01-01\", \"n\": 3}")]
    [InlineData("start: 2024-01-01\nn: 3\n")]
    public void YAML_and_JSON_give_native_values(string text)
    {
        var result = VarsReader.Parse(text);

        Assert.Empty(result.Diagnostics);
        Assert.Equal("2024-01-01", result.Vars["start"]);
        Assert.Equal(3L, result.Vars["n"]);
    }

    [Fact]
    public void Lists_and_mappings_nest()
    {
        var result = VarsReader.Parse("{a: [1, {b: yes}]}");

        var list = Assert.IsType<PyList>(result.Vars["a"]);
        Assert.Equal(true, Assert.IsType<PyDict>(list[1])["b"]);
    }

    [Theory]
    [InlineData("")]
    [InlineData("  ")]
    [InlineData("{}")]
    public void Nothing_is_no_variables(string text)
    {
        var result = VarsReader.Parse(text);

        Assert.Empty(result.Diagnostics);
        Assert.Empty(result.Vars);
    }

    [Theory]
    [InlineData("start", "a string was found")]
    [InlineData("[1]", "a list was found")]
    [InlineData("{a: ", "'{' is not closed")]
    [InlineData("{a: 1, a: 2}", "the key 'a' is given twice in one mapping")]
    public void Anything_else_is_an_error_that_says_what_was_found(string text, string why)
    {
        var diagnostic = Assert.Single(VarsReader.Parse(text).Diagnostics);

        Assert.Equal(
            $"error ASQL0014: the property Vars must be a YAML mapping such as '{{start: 2024-01-01}}': {why}",
            diagnostic.ToString()
        );
    }
}
