using Analytics.Jinja.Values;
using Analytics.Text;

namespace Analytics.Jinja.Tests;

public sealed class HostTests
{
    [Fact]
    public void A_host_function_sees_its_arguments_and_where_they_are_written()
    {
        List<string> seen = [];
        var scope = new TestScope
        {
            ["ref"] = HostFunction.Create(
                "ref",
                a =>
                {
                    seen.Add(a.Span.Text);
                    seen.Add(a.SpanOf(0).Text);
                    seen.Add(a.SpanOf("version").Text);
                    seen.Add(a.SpanOf(7).Text);
                    Assert.Equal("m", a.Positional[0]);
                    Assert.True(a.TryGet(1, "version", out var version));
                    Assert.Equal(2L, version);
                    Assert.False(a.TryGet(2, "package", out _));
                    return "\"m\"";
                }
            ),
        };
        Assert.Equal("from \"m\"", Rendering.Render("from {{ ref( 'm', version=2 ) }}", scope).Text);
        Assert.Equal(["ref( 'm', version=2 )", "'m'", "2", "ref( 'm', version=2 )"], seen);
    }

    [Fact]
    public void A_failure_of_the_host_has_the_stack_of_the_macros()
    {
        var scope = new TestScope().AddMacros("{% macro m() %}{{ fail('x') }}{% endmacro %}");
        var error = Rendering.Error("{{ m() }}", scope);
        Assert.Equal((TemplateErrorKind.Host, "no luck", "'x'"), (error.Kind, error.Message, error.Span.Text));
        Assert.Equal("m", Assert.Single(error.Stack).MacroName);
    }

    [Fact]
    public void The_host_calls_macros_and_callers()
    {
        var scope = new TestScope
        {
            ["statement"] = HostFunction.Create(
                "statement",
                a => $"<{a.Context.Call(a.Named[^1].Value, [], [], a.Span)}>"
            ),
        }.AddMacros("{% macro m(a, b) %}{{ a }}{{ b }}{% endmacro %}{% macro r() %}{{ return([1]) }}{% endmacro %}");
        Assert.Equal("<body>", Rendering.Render("{% call statement('x') %}body{% endcall %}", scope).Text);

        var context = new RenderContext(scope, cancellationToken: TestContext.Current.CancellationToken);
        var site = new SourceFile("models/m.sql", "m").Span(0, 1);
        Assert.True(scope.TryGet("m", out var macro));
        Assert.Equal("12", context.Call(macro, [1L], [new("b", 2L)], site));
        Assert.True(scope.TryGet("r", out var returning));
        Assert.Equal([1L], Assert.IsType<PyList>(context.Call(returning, [], [], site)));
    }

    [Fact]
    public void A_host_object_answers_for_attributes_items_text_and_loops()
    {
        var scope = new TestScope { ["rel"] = new Relation() };
        Assert.Equal(
            "db.t t 1 ab2 [<db.t>] True  t",
            Rendering
                .Render(
                    "{{ rel }} {{ rel.name }} {{ rel['one'] }} {% for x in rel %}{{ x }}{% endfor %}{{ rel | length }} {{ [rel] }} {{ rel == rel }} {{ rel.nope }} {{ rel['name'] }}",
                    scope
                )
                .Text
        );
        var error = Rendering.Error("{{ rel.nope.x }}", scope);
        Assert.Equal("'Relation object' has no attribute 'nope'", error.Message);
    }

    [Fact]
    public void Numbers_of_the_host_are_numbers_of_the_template()
    {
        var scope = new TestScope
        {
            ["i"] = 5,
            ["f"] = 1.5f,
            ["d"] = 2.5m,
            ["get"] = HostFunction.Create("get", _ => 7),
        };
        Assert.Equal(
            "6 1.5 2.5 8 True",
            Rendering.Render("{{ i + 1 }} {{ f }} {{ d }} {{ get() + 1 }} {{ i is integer }}", scope).Text
        );
    }

    [Fact]
    public void One_template_renders_on_many_threads()
    {
        var template = Template.Parse(
            new SourceFile("m.sql", "{% for i in range(n) %}{{ m(i) }}{{ ',' if not loop.last }}{% endfor %}")
        );
        var macros = new TestScope().AddMacros("{% macro m(x) %}{% set y = x * 2 %}{{ y }}{% endmacro %}");
        Assert.True(macros.TryGet("m", out var macro));
        Parallel.For(
            0,
            200,
            n =>
            {
                var text = new RenderContext(new TestScope { ["n"] = (long)n, ["m"] = macro }).Render(template).Text;
                Assert.Equal(string.Join(',', Enumerable.Range(0, n).Select(i => i * 2)), text);
            }
        );
    }

    private sealed class Relation : IHostSequence
    {
        public string TypeName => "Relation";

        public int Count => 2;

        public IEnumerable<object?> Items() => ["a", "b"];

        public bool TryGetAttribute(string name, out object? value)
        {
            value = name == "name" ? "t" : null;
            return name == "name";
        }

        public bool TryGetItem(object? key, out object? value)
        {
            value = key is "one" ? 1 : null;
            return key is "one";
        }

        public string AsText() => "db.t";

        public string AsRepr() => "<db.t>";
    }
}
