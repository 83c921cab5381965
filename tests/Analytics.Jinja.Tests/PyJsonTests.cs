using Analytics.Jinja.Values;

namespace Analytics.Jinja.Tests;

public sealed class PyJsonTests
{
    [Theory]
    [InlineData("{\"b\": 1, \"a\": [1.5, null, true, \"x\"]}")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("12345678901234567890")]
    [InlineData("\"\\u00e9\\n\\\"\\\\\"")]
    [InlineData("[1e+20, -0.0, 1.0]")]
    public void What_was_written_reads_back_to_the_same_text(string json) =>
        Assert.Equal(json, PyJson.DumpText(PyJson.LoadText(json)));

    [Fact]
    public void Keys_can_be_sorted_and_lines_indented() =>
        Assert.Equal(
            "{\n  \"a\": [\n    1\n  ],\n  \"b\": {}\n}",
            PyJson.DumpText(PyJson.LoadText("{\"b\": {}, \"a\": [1]}"), sortKeys: true, indent: 2)
        );

    [Theory]
    [InlineData("{")]
    [InlineData("nope")]
    [InlineData("[1,]")]
    public void What_is_not_JSON_is_a_format_error(string text) =>
        Assert.Throws<FormatException>(() => PyJson.LoadText(text));

    [Fact]
    public void A_value_without_a_JSON_form_is_a_format_error() =>
        Assert.Throws<FormatException>(() => PyJson.DumpText(new PySet([1L])));
}
