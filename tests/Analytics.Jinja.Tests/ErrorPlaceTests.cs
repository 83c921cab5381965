namespace Analytics.Jinja.Tests;

public sealed class ErrorPlaceTests
{
    [Theory]
    [InlineData("a {{ nope.x }}", "nope", TemplateErrorKind.UndefinedName)]
    [InlineData("a {{ nope() }}", "nope", TemplateErrorKind.UndefinedName)]
    [InlineData("a {{ 1 + nope }}", "nope", TemplateErrorKind.UndefinedName)]
    [InlineData("{% if x.a.b %}{% endif %}", "a", TemplateErrorKind.UndefinedAttribute)]
    [InlineData("{{ x.upper() }}", "upper", TemplateErrorKind.UndefinedAttribute)]
    [InlineData("{{ x['k'].y }}", "'k'", TemplateErrorKind.UndefinedAttribute)]
    [InlineData("{{ 1 }} {{ 'a' | nope }}", "nope", TemplateErrorKind.UnknownFilter)]
    [InlineData("{{ 'a' is nope }}", "nope", TemplateErrorKind.UnknownTest)]
    [InlineData("{{ 'a' is not nope }}", "nope", TemplateErrorKind.UnknownTest)]
    [InlineData("{{ [1] | map('nope') | list }}", "'nope'", TemplateErrorKind.UnknownFilter)]
    [InlineData("{{ [1] | select('nope') | list }}", "'nope'", TemplateErrorKind.UnknownTest)]
    [InlineData("{{ 5 | length }}", "length", TemplateErrorKind.Type)]
    [InlineData("{{ 1 + (2 + 'a') }}", "2 + 'a'", TemplateErrorKind.Type)]
    [InlineData("{{ 1 / 0 }}", "1 / 0", TemplateErrorKind.Value)]
    [InlineData("{{ x < 'a' }}", "x < 'a'", TemplateErrorKind.Type)]
    [InlineData("{{ 5(1) }}", "5", TemplateErrorKind.Type)]
    [InlineData("{% for i in 5 %}{% endfor %}", "5", TemplateErrorKind.Type)]
    [InlineData("{% set a, b = [1] %}", "a, b", TemplateErrorKind.Value)]
    [InlineData("{% macro m(a) %}{% endmacro %}{{ m(1, 'two') }}", "'two'", TemplateErrorKind.Argument)]
    [InlineData("{% macro m(a) %}{% endmacro %}{{ m(b='two') }}", "'two'", TemplateErrorKind.Argument)]
    [InlineData("{{ 'a'.upper('extra') }}", "'extra'", TemplateErrorKind.Argument)]
    [InlineData("{{ fail('here') }}", "'here'", TemplateErrorKind.Host)]
    [InlineData("{{ ''.__class__.x }}", "__class__", TemplateErrorKind.Security)]
    [InlineData("a {% if true %} b", "{% if true %}", TemplateErrorKind.Syntax)]
    [InlineData("a {%- for i in x -%} b", "{%- for i in x -%}", TemplateErrorKind.Syntax)]
    [InlineData("a {{ 1 b", "{{", TemplateErrorKind.Syntax)]
    [InlineData("a {# b", "{#", TemplateErrorKind.Syntax)]
    [InlineData("{{ 'abc }}", "'", TemplateErrorKind.Syntax)]
    [InlineData("{{ 1 2 }}", "2", TemplateErrorKind.Syntax)]
    [InlineData("{% nope x %}", "nope", TemplateErrorKind.Syntax)]
    [InlineData("{% include 'x' %}", "include", TemplateErrorKind.Unsupported)]
    [InlineData("{% break %}", "break", TemplateErrorKind.Syntax)]
    public void An_error_has_the_place_of_the_part_that_is_wrong(string template, string place, TemplateErrorKind kind)
    {
        var scope = new TestScope { ["x"] = new Values.PyDict() };
        var error = Rendering.Error(template, scope);
        Assert.Equal((kind, place), (error.Kind, error.Span.Text));
        Assert.Empty(error.Stack);
    }

    [Theory]
    [InlineData("{{ nope.x }}", "nope")]
    [InlineData("{{ x.nope.y }}", "nope")]
    [InlineData("{{ x | nope }}", "nope")]
    [InlineData("{{ x is nope }}", "nope")]
    [InlineData("{% nope %}", "nope")]
    public void What_was_not_found_is_named_so_that_near_names_can_be_offered(string template, string name) =>
        Assert.Equal(name, Rendering.Error(template, new TestScope { ["x"] = new Values.PyDict() }).Name);

    [Fact]
    public void An_error_in_a_macro_has_the_stack_of_its_calls()
    {
        var scope = new TestScope().AddMacros(
            "{% macro inner() %}{{ nope.x }}{% endmacro %}\n{% macro outer() %}{{ inner() }}{% endmacro %}"
        );
        var error = Rendering.Error("select {{ outer() }}", scope);
        Assert.Equal("nope", error.Span.Text);
        Assert.Equal("macros/macros.sql", error.Span.File.Path);
        Assert.Equal(["inner", "outer"], error.Stack.Select(f => f.MacroName));
        Assert.Equal("models/model.sql", error.Stack[^1].CallSite.File.Path);
        Assert.Equal("outer()", error.Stack[^1].CallSite.Text);
    }

    [Fact]
    public void An_undefined_argument_is_reported_where_it_was_written()
    {
        var scope = new TestScope().AddMacros("{% macro m(x) %}{{ x.y }}{% endmacro %}");
        var error = Rendering.Error("select {{ m(nope) }}", scope);
        Assert.Equal(("nope", "models/model.sql"), (error.Span.Text, error.Span.File.Path));
        Assert.Equal(["m"], error.Stack.Select(f => f.MacroName));
    }

    [Fact]
    public void A_missing_argument_is_named_after_its_parameter()
    {
        var scope = new TestScope().AddMacros("{% macro m(x) %}{{ x.y }}{% endmacro %}");
        Assert.Equal("parameter 'x' was not provided", Rendering.Error("{{ m() }}", scope).Message);
    }

    [Theory]
    [InlineData("select {{ ref('orders) }}\nfrom {{ ref('payments') }}", 14)]
    [InlineData("{% set a = 'x %}\n{% if a == 'y' %}b{% endif %}", 11)]
    [InlineData("{{ ref('orders) }} and 'more'", 7)]
    [InlineData("{{ 'a' ~ ref(\"orders) }}\n{{ ref(\"payments\") }}", 13)]
    public void A_missing_quote_is_reported_where_its_text_begins_and_not_at_the_last_quote(string template, int offset)
    {
        var error = Rendering.Error(template);

        Assert.Equal("The text is not closed: its quote is missing", error.Message);
        Assert.Equal(offset, error.Span.Start);
    }
}
