using Analytics.Text;

namespace Analytics.Jinja.Tests;

public sealed class MacroDefinitionTests
{
    [Fact]
    public void Parameters_have_names_types_and_defaults()
    {
        var macro = Parse("{% macro m(a, b: string, c: optional[list[int]] = [1, 2], d='x') %}{% endmacro %}");
        Assert.Equal(["a", "b", "c", "d"], macro.Parameters.Select(p => p.Name));
        Assert.Equal([null, "string", "optional[list[int]]", null], macro.Parameters.Select(p => p.TypeText));
        Assert.Equal([null, null, "[1, 2]", "'x'"], macro.Parameters.Select(p => p.Default?.Text));
        Assert.Equal("b", macro.Parameters[1].Span.Text);
    }

    [Theory]
    [InlineData("{% materialization table, default %}x{% endmaterialization %}", "default", "sql")]
    [InlineData("{% materialization table, adapter='postgres' %}x{% endmaterialization %}", "postgres", "sql")]
    [InlineData(
        "{% materialization table, adapter=\"postgres\", supported_languages=['sql', 'python'] %}x{% endmaterialization %}",
        "postgres",
        "sql,python"
    )]
    public void A_materialization_says_its_adapter_and_languages(string text, string adapter, string languages)
    {
        var macro = Parse(text);
        Assert.Equal(
            ("table", adapter, languages),
            (macro.Name, macro.Adapter, string.Join(',', macro.SupportedLanguages))
        );
    }

    [Theory]
    [InlineData("{% materialization table, nope='x' %}{% endmaterialization %}", "nope")]
    [InlineData("{% materialization table, adapter=5 %}{% endmaterialization %}", "5")]
    [InlineData("{% macro m(a=1, b) %}{% endmacro %}", "b")]
    [InlineData("{% macro m(a, a) %}{% endmacro %}", "a")]
    [InlineData("{% macro m(a: 5) %}{% endmacro %}", "5")]
    [InlineData("{% macro m() %}{% if x %}{% endmacro %}", "endmacro")]
    public void A_wrong_header_or_body_is_a_syntax_error_with_a_place(string text, string place)
    {
        var error = Assert.Throws<TemplateException>(() => Parse(text)).Error;
        Assert.Equal((TemplateErrorKind.Syntax, place), (error.Kind, error.Span.Text));
    }

    [Fact]
    public void A_test_is_called_like_a_macro()
    {
        var scope = new TestScope().AddMacros(
            "{% test t(model, column_name) %}select {{ column_name }} from {{ model }}{% endtest %}"
        );
        Assert.Equal("select id from m", Rendering.Render("{{ t(model='m', column_name='id') }}", scope).Text);
    }

    private static MacroDefinition Parse(string text) =>
        MacroDefinition.Parse(Assert.Single(BlockScanner.Scan(new SourceFile("macros/m.sql", text)).Blocks));
}
