using Analytics.Text;

namespace Analytics.Jinja.Tests;

public sealed class SourceMapTests
{
    [Fact]
    public void Literal_text_maps_character_by_character()
    {
        var rendered = Rendering.Render("{% set x = 1 %}select a, b from t");
        for (var i = 0; i < rendered.Text.Length; i++)
        {
            Assert.Equal(rendered.Text[i].ToString(), rendered.Map.Locate(i).Span.Text);
        }
    }

    [Fact]
    public void An_expression_maps_to_itself()
    {
        var rendered = Rendering.Render("select {{ 'ab' ~ x }} from t", new TestScope { ["x"] = "cd" });
        Assert.Equal("select abcd from t", rendered.Text);
        Assert.Equal("'ab' ~ x", rendered.Map.Locate(9).Span.Text);
        Assert.Equal("from", Rendering.Locate(rendered, "from").Span.Text);
    }

    [Theory]
    [InlineData("{{ m() }}")]
    [InlineData("{% set t = m() %}{{ t }}")]
    [InlineData("{% set t %}{{ m() }}{% endset %}{{ t }}")]
    [InlineData("{{ m() | trim }}")]
    [InlineData("{{ m().strip() }}")]
    [InlineData("{% filter trim %}{{ m() }}{% endfilter %}")]
    [InlineData("{% call w() %}{{ m() }}{% endcall %}")]
    [InlineData("{{ n() }}")]
    public void Text_of_a_macro_keeps_its_place_in_the_macro(string template)
    {
        var scope = new TestScope().AddMacros(
            "{% macro m() %}  macro text {% endmacro %}{% macro w() %}{{ caller() }}{% endmacro %}{% macro n() %}{% set t = m() %}{{ t }}{% endmacro %}"
        );
        var location = Rendering.Locate(Rendering.Render(template, scope), "macro text");
        Assert.Equal("macro text", location.Span.Text);
        Assert.Equal("macros/macros.sql", location.Span.File.Path);
        Assert.Equal("models/model.sql", location.Outermost.File.Path);
        Assert.Contains(location.Stack, f => f.MacroName == "m");
    }

    [Fact]
    public void The_stack_leads_from_the_innermost_macro_to_the_author()
    {
        var scope = new TestScope().AddMacros(
            "{% macro inner(x) %}<{{ x }}>{% endmacro %}{% macro outer() %}{{ inner('v') }}{% endmacro %}"
        );
        var location = Rendering.Locate(Rendering.Render("a {{ outer() }}", scope), "v");
        Assert.Equal("x", location.Span.Text);
        Assert.Equal(["inner", "outer"], location.Stack.Select(f => f.MacroName));
        Assert.Equal(["inner('v')", "outer()"], location.Stack.Select(f => f.CallSite.Text));
        Assert.Equal("outer()", location.Outermost.Text);
    }

    [Fact]
    public void What_a_call_block_writes_lies_in_the_call_block()
    {
        var scope = new TestScope().AddMacros("{% macro w() %}[{{ caller() }}]{% endmacro %}");
        var rendered = Rendering.Render("{% call w() %}select 1{% endcall %}", scope);
        var body = Rendering.Locate(rendered, "select 1");
        Assert.Equal("models/model.sql", body.Span.File.Path);
        Assert.Equal("select 1", body.Span.Text);
        Assert.Equal("macros/macros.sql", Rendering.Locate(rendered, "[").Span.File.Path);
    }

    [Fact]
    public void A_returned_value_maps_to_the_call()
    {
        var scope = new TestScope().AddMacros("{% macro m() %}dropped{% do return('value') %}{% endmacro %}");
        var rendered = Rendering.Render("a {{ m() }} b", scope);
        Assert.Equal("a value b", rendered.Text);
        Assert.Equal("m()", Rendering.Locate(rendered, "value").Span.Text);
        Assert.Equal("b", Rendering.Locate(rendered, "b").Span.Text);
    }

    [Fact]
    public void The_map_covers_the_output_without_gap_or_overlap()
    {
        var scope = new TestScope().AddMacros(
            "{% macro m(n) %}{% for i in range(n) %}{{ i }}, {% endfor %}{% endmacro %}"
        );
        var rendered = Rendering.Render(
            "a{{ m(3) }}\r\nb{% set x %}c{{ 1 }}{% endset %}{{ x }}{{ x }}\n{{ x | trim }}{{ '' }}{{ m(2) ~ x }}",
            scope
        );
        var end = 0;
        foreach (var segment in rendered.Map.Segments)
        {
            Assert.Equal(end, segment.OutputStart);
            Assert.True(segment.OutputLength > 0);
            end += segment.OutputLength;
        }

        Assert.Equal(rendered.Text.Length, end);
    }

    [Fact]
    public void Windows_line_endings_keep_the_map_exact()
    {
        var rendered = Rendering.Render("one\r\ntwo\r\nthree {{ 1 }}");
        Assert.Equal("one\ntwo\nthree 1", rendered.Text);
        Assert.Equal(new LinePosition(3, 1), Rendering.Locate(rendered, "three").Span.StartPosition);
        Assert.Equal("three", Rendering.Locate(rendered, "three").Span.Text);
    }

    [Fact]
    public void A_part_of_a_file_keeps_the_places_of_the_file()
    {
        var file = new SourceFile("snapshots/s.sql", "{% snapshot s %}\nselect {{ x }}\n{% endsnapshot %}");
        var block = Assert.Single(BlockScanner.Scan(file).Blocks);
        var rendered = new RenderContext(
            new TestScope { ["x"] = 5L },
            cancellationToken: TestContext.Current.CancellationToken
        ).Render(Template.Parse(block.Body));
        Assert.Equal("\nselect 5", rendered.Text);
        Assert.Equal(new LinePosition(2, 1), Rendering.Locate(rendered, "select").Span.StartPosition);
        Assert.Equal(new LinePosition(2, 11), Rendering.Locate(rendered, "5").Span.StartPosition);
    }

    [Fact]
    public void An_empty_output_maps_to_the_template()
    {
        var location = Rendering.Render("{% set x = 1 %}").Map.Locate(0);
        Assert.Equal("{% set x = 1 %}", location.Span.Text);
    }

    [Fact]
    public void A_range_over_literal_and_expression_covers_both()
    {
        var rendered = Rendering.Render("select {{ x }} + 1", new TestScope { ["x"] = 5L });
        Assert.Equal("select {{ x", rendered.Map.Locate(0, 8).Span.Text);
        Assert.Equal("1", rendered.Map.Locate(100).Span.Text);
    }
}
