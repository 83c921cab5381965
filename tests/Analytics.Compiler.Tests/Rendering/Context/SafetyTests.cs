using System.Collections.Immutable;
using Analytics.Compiler.Rendering;
using Analytics.Compiler.Rendering.Context;
using Analytics.Jinja.Values;

namespace Analytics.Compiler.Tests.Rendering.Context;

/// <summary>No value of the context leads out of the template: not by Python's ways out, not by .NET's.</summary>
public sealed class SafetyTests
{
    // How sandboxes are left: what every Python object has, what every .NET object has, and what one would like to find.
    private static readonly string[] WaysOut =
    [
        "__class__",
        "__base__",
        "__bases__",
        "__mro__",
        "mro",
        "__subclasses__",
        "__globals__",
        "__builtins__",
        "__import__",
        "__init__",
        "__dict__",
        "__code__",
        "__closure__",
        "__reduce__",
        "func_globals",
        "gi_frame",
        "f_globals",
        "GetType",
        "ToString",
        "GetHashCode",
        "Equals",
        "MemberwiseClone",
        "Assembly",
        "Module",
        "Method",
        "Target",
        "Invoke",
        "Environment",
        "os",
        "sys",
        "subprocess",
        "open",
        "eval",
        "exec",
        "compile_command",
        "system",
        "popen",
        "connections",
        "password",
    ];

    // Values of kinds that only come out of calls.
    private static readonly string[] Made =
    [
        "ref('a')",
        "source('raw', 't')",
        "this.include(database=false)",
        "api.Relation.create(schema='s', identifier='t')",
        "api.Column.create('c', 'text')",
        "adapter.dispatch('type_string', 'dbt')",
        "adapter.get_relation(database='db', schema='s', identifier='t')",
        "modules.datetime.datetime.now()",
        "modules.datetime.timedelta(days=1)",
        "modules.re.compile('a')",
        "modules.datetime",
        "modules.datetime.datetime",
        "modules.datetime.date",
        "modules.datetime.timezone.utc",
        "modules.re",
        "modules.re.search",
        "modules.re.match('a', 'a').group",
        "modules.pytz",
        "modules.pytz.utc",
        "modules.itertools",
        "modules.itertools.product",
        "modules.pytz.timezone('UTC')",
        "modules.itertools.chain([1], [2])",
        "namespace(a=1)",
        "cycler('a')",
        "joiner(',')",
        "range(3)",
        "zip([1], [2])",
        "set([1])",
        "graph.nodes",
        "dbt",
        "dbt.type_string",
        "config.get",
        "[1]",
        "(1,)",
        "{'a': 1}",
        "{'a': 1}.items()",
        "'text'",
        "'text'.upper",
        "1",
        "1.5",
        "true",
    ];

    public static TheoryData<string> Values =>
        new(ContextNames.All.Where(name => name is not "defer_relation" and not "source_node").Concat(Made));

    [Theory]
    [MemberData(nameof(Values))]
    public void No_way_leads_out_of_a_value(string value)
    {
        var rendered = Render(
            $$$"""
            {%- set value = {{{value}}} -%}
            {%- for name in ways -%}
              {%- if value[name] is defined or (value | attr(name)) is defined -%}{{ name }} {% endif -%}
            {%- endfor -%}
            """
        );

        Assert.Equal("select 1", rendered);
    }

    [Fact]
    public void The_password_of_the_target_is_in_no_value()
    {
        var rendered = Render(
            "{{ target }}{{ env }}{{ adapter }}{{ context }}{{ builtins }}{{ invocation_args_dict }}"
        );

        Assert.DoesNotContain("hidden", rendered, StringComparison.Ordinal);
    }

    // What a template finds stands before the SELECT, so that the test sees it.
    private static string Render(string template)
    {
        var project = new TestProject()
            .File("models/a.sql", "select 1 as id")
            .File("models/sources.yml", "sources: [{name: raw, tables: [{name: t}]}]")
            .File("models/probe.sql", template + "select 1")
            .Compile(allowing: "ASQL2004");
        var scope = new RenderScope(FinalRelations.Instance, false, false, NoWarehouse.Instance, false)
        {
            Names = ImmutableDictionary<string, object?>.Empty.Add("ways", new PyList(WaysOut)),
        };
        var result = project.Renderer.Render(
            project.Graph["model.shop.probe"],
            scope,
            TestContext.Current.CancellationToken
        );
        Assert.Empty(result.Diagnostics.Select(diagnostic => diagnostic.ToString()));
        return result.Sql!.Text;
    }
}
