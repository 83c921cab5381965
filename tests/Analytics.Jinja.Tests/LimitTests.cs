using System.Text;
using Analytics.Text;

namespace Analytics.Jinja.Tests;

public sealed class LimitTests
{
    [Theory]
    [InlineData("{% for i in range(1000) %}{% for j in range(1000) %}{% endfor %}{% endfor %}", "steps")]
    [InlineData("{% macro f() %}{{ f() }}{% endmacro %}{{ f() }}", "nested")]
    [InlineData("{% for i in range(1000) %}{{ 'x' * 1000 }}{% endfor %}", "output")]
    [InlineData(
        "{% set ns = namespace(x='ab') %}{% for i in range(60) %}{% set ns.x = ns.x ~ ns.x %}{% endfor %}",
        "text would be"
    )]
    [InlineData(
        "{% set ns = namespace(x=[1]) %}{% for i in range(60) %}{% set ns.x = ns.x + ns.x %}{% endfor %}",
        "items"
    )]
    [InlineData("{{ 'a' * 10 ** 9 }}", "text would be")]
    [InlineData("{{ 2 ** (10 ** 9) }}", "bits")]
    [InlineData("{{ [0] * 10 ** 9 }}", "items")]
    [InlineData("{{ range(100001) }}", "Range too big")]
    [InlineData("{{ modules.itertools.count() | list }}", "steps")]
    [InlineData("{{ modules.re.match('(a+)+$', 'a' * 50 ~ '!') }}", "regular expression")]
    [InlineData("{{ 'x'.ljust(10 ** 9) }}", "width")]
    [InlineData("{{ ('{:' ~ 10 ** 9 ~ '}').format(1) }}", "width")]
    [InlineData("{{ ('%' ~ 10 ** 9 ~ 'd') % 1 }}", "width")]
    [InlineData("{{ 'a\n' | indent(10 ** 9) }}", "width")]
    public void Each_limit_ends_the_render_with_its_own_message(string template, string message)
    {
        var options = new RenderOptions
        {
            MaxSteps = 100_000,
            MaxDepth = 50,
            MaxOutputLength = 500_000,
        };
        var error = Rendering.Error(template, options: options);
        Assert.Equal(TemplateErrorKind.Limit, error.Kind);
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("(", ")", "1")]
    [InlineData("[", "]", "1")]
    [InlineData("{1:", "}", "1")]
    [InlineData("f(", ")", "1")]
    [InlineData("x[", "]", "1")]
    [InlineData("-", "", "1")]
    [InlineData("not ", "", "1")]
    [InlineData("1+", "", "1")]
    [InlineData("1~", "", "1")]
    [InlineData("1 if 1 else ", "", "1")]
    [InlineData("1 and ", "", "1")]
    [InlineData("1**", "", "1")]
    [InlineData("", ".x", "x")]
    [InlineData("", "[0]", "x")]
    [InlineData("", "()", "x")]
    [InlineData("", "|list", "x")]
    [InlineData("", "|default(1)", "x")]
    [InlineData("x == ", "", "x")]
    public void Deep_expressions_never_crash_the_process(string left, string right, string core)
    {
        var text = new StringBuilder("{{ ");
        for (var i = 0; i < 20_000; i++)
        {
            text.Append(left);
        }

        text.Append(core);
        for (var i = 0; i < 20_000; i++)
        {
            text.Append(right);
        }

        RunOnSmallStack(text.Append(" }}").ToString());
    }

    [Theory]
    [InlineData("{% if true %}", "{% endif %}")]
    [InlineData("{% for i in [1] %}", "{% endfor %}")]
    [InlineData("{% set x %}", "{% endset %}")]
    [InlineData("{% filter upper %}", "{% endfilter %}")]
    [InlineData("{% with %}", "{% endwith %}")]
    [InlineData("{% macro m() %}", "{% endmacro %}")]
    [InlineData("{% call m() %}", "{% endcall %}")]
    public void Deep_tags_never_crash_the_process(string open, string close) =>
        RunOnSmallStack(
            string.Concat(Enumerable.Repeat(open, 20_000)) + string.Concat(Enumerable.Repeat(close, 20_000))
        );

    [Theory]
    [InlineData("{{ ns.x }}")]
    [InlineData("{{ ns.x == ns.y }}")]
    [InlineData("{{ ns.x < ns.y }}")]
    [InlineData("{{ ns.x | tojson }}")]
    [InlineData("{{ ns.x | pprint }}")]
    [InlineData("{{ {ns.t: 1} }}")]
    public void Deep_values_never_crash_the_process(string use) =>
        RunOnSmallStack(
            "{% set ns = namespace(x=[], y=[], t=()) %}{% for i in range(100000) %}{% set ns.x = [ns.x] %}{% set ns.y = [ns.y] %}{% set ns.t = (ns.t,) %}{% endfor %}"
                + use
        );

    [Fact]
    public void A_render_can_be_cancelled()
    {
        using var source = new CancellationTokenSource();
        var scope = new TestScope
        {
            ["stop"] = HostFunction.Create(
                "stop",
                _ =>
                {
                    source.Cancel();
                    return null;
                }
            ),
        };
        var template = Template.Parse(
            new SourceFile("m.sql", "{{ stop() }}{% for i in range(100000) %}{{ i }}{% endfor %}")
        );
        Assert.Throws<OperationCanceledException>(() => new RenderContext(scope, null, source.Token).Render(template));
    }

    // A result or a TemplateException are both fine here; a stack overflow would end the test run.
    private static void RunOnSmallStack(string text)
    {
        Exception? failure = null;
        var thread = new Thread(
            () =>
            {
                try
                {
                    new RenderContext(new TestScope()).Render(Template.Parse(new SourceFile("m.sql", text)));
                }
                catch (TemplateException exception)
                {
                    Assert.NotEmpty(exception.Error.Message);
                }
                catch (Exception exception)
                {
                    failure = exception;
                }
            },
            512 * 1024
        );
        thread.Start();
        thread.Join();
        Assert.Null(failure);
    }
}
