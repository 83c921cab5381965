using Analytics.Text;

namespace Analytics.Jinja.Tests;

public sealed class BlockScannerTests
{
    [Fact]
    public void Blocks_are_found_with_all_their_places()
    {
        var scan = Scan("-- text\n{%- macro m(a, b=1) -%}\n body {% if x %}{% endif %}\n{%- endmacro -%}\nmore");
        var block = Assert.Single(scan.Blocks);
        Assert.Empty(scan.Errors);
        Assert.Equal((BlockKinds.Macro, "m"), (block.Kind, block.Name));
        Assert.Equal("m", block.NameSpan.Text);
        Assert.Equal("{%- macro m(a, b=1) -%}", block.HeaderSpan.Text);
        Assert.Equal("\n body {% if x %}{% endif %}\n", block.Body.Text);
        Assert.StartsWith("{%- macro", block.Span.Text, StringComparison.Ordinal);
        Assert.EndsWith("endmacro -%}", block.Span.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void All_kinds_are_found_in_order()
    {
        var scan = Scan(
            "{% macro a() %}{% endmacro %}{% test b(model) %}{% endtest %}{% data_test c(model) %}{% enddata_test %}"
                + "{% materialization d, adapter='postgres' %}{% endmaterialization %}{% snapshot e %}{% endsnapshot %}{% docs f %}{% enddocs %}"
        );
        Assert.Empty(scan.Errors);
        Assert.Equal(
            [
                (BlockKinds.Macro, "a"),
                (BlockKinds.Test, "b"),
                (BlockKinds.Test, "c"),
                (BlockKinds.Materialization, "d"),
                (BlockKinds.Snapshot, "e"),
                (BlockKinds.Docs, "f"),
            ],
            scan.Blocks.Select(b => (b.Kind, b.Name))
        );
    }

    [Theory]
    [InlineData("{# {% macro x() %} #}")]
    [InlineData("{% raw %}{% macro x() %}{% endraw %}")]
    [InlineData("{{ '{% macro x() %}' }}")]
    [InlineData("{% set x = '{% macro x() %}' %}")]
    [InlineData("{% set x = \"%}{% macro x() %}\" %}")]
    public void Quotes_comments_and_raw_hide_tags(string hidden)
    {
        var scan = Scan(hidden + "{% macro m() %}" + hidden + "{% endmacro %}");
        Assert.Empty(scan.Errors);
        Assert.Equal("m", Assert.Single(scan.Blocks).Name);
    }

    [Fact]
    public void An_unclosed_block_is_an_error_at_its_opening_tag()
    {
        var error = Assert.Single(Scan("text {% macro m() %} body").Errors);
        Assert.Equal((TemplateErrorKind.Syntax, "{% macro m() %}"), (error.Kind, error.Span.Text));
    }

    [Fact]
    public void A_block_whose_end_was_forgotten_does_not_swallow_the_next()
    {
        var scan = Scan("{% macro a() %} body {% macro b() %}{% endmacro %}");
        Assert.Equal("{% macro a() %}", Assert.Single(scan.Errors).Span.Text);
        Assert.Equal("b", Assert.Single(scan.Blocks).Name);
    }

    [Theory]
    [InlineData("{% if x %}{% macro m() %}{% endmacro %}{% endif %}", "{% macro m() %}")]
    [InlineData("{% for i in x %}{% macro m() %}{% endmacro %}{% endfor %}", "{% macro m() %}")]
    [InlineData("{% endif %}", "{% endif %}")]
    [InlineData("{% endmacro %}", "{% endmacro %}")]
    [InlineData("{% macro %}{% endmacro %}", "{% macro %}")]
    [InlineData("a {{ b", "{{")]
    [InlineData("a {% macro", "{%")]
    [InlineData("a {# b", "{#")]
    [InlineData("{% raw %} b", "{%")]
    public void What_dbt_refuses_is_an_error_with_a_place(string text, string place) =>
        Assert.Equal(place, Assert.Single(Scan(text).Errors).Span.Text);

    [Fact]
    public void Other_tags_at_the_top_level_are_told()
    {
        var scan = Scan("{% set x = 1 %}{% macro m() %}{% set y = 2 %}{% endmacro %}{% do f() %}");
        Assert.Equal(["set", "do"], scan.OtherTags.Select(t => t.Name));
        Assert.Equal("{% set x = 1 %}", scan.OtherTags[0].Span.Text);
    }

    [Fact]
    public void Only_the_asked_kinds_are_blocks()
    {
        var scan = BlockScanner.Scan(
            new SourceFile("docs.md", "{% docs d %}{% macro m() %}{% enddocs %}"),
            BlockKinds.Docs
        );
        Assert.Empty(scan.Errors);
        Assert.Equal("{% macro m() %}", Assert.Single(scan.Blocks).Body.Text);
    }

    private static BlockScan Scan(string text) => BlockScanner.Scan(new SourceFile("macros/m.sql", text));
}
