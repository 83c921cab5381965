using Analytics.Jinja.Values;
using Analytics.Text;

namespace Analytics.Jinja.Tests;

/// <summary>The names of a test: a context, macros, and dbt's <c>return</c>.</summary>
internal sealed class TestScope : IGlobalScope
{
    private readonly Dictionary<string, object?> names = new(StringComparer.Ordinal)
    {
        ["return"] = ReturnFunction.Instance,
        ["modules"] = new PyDict
        {
            { "datetime", PythonModules.DatetimeAt(new FixedClock()) },
            { "re", PythonModules.Re },
            { "pytz", PythonModules.Pytz },
            { "itertools", PythonModules.Itertools },
        },
        ["fail"] = HostFunction.Create("fail", a => throw a.Fail("no luck", a.SpanOf(0))),
    };

    public TestScope() { }

    public TestScope(PyDict context)
    {
        foreach (var (name, value) in context)
        {
            names[(string)name!] = value;
        }
    }

    public object? this[string name]
    {
        set => names[name] = value;
    }

    public TestScope AddMacros(string text, string path = "macros/macros.sql")
    {
        var scan = BlockScanner.Scan(new SourceFile(path, text));
        Assert.Empty(scan.Errors);
        foreach (var block in scan.Blocks)
        {
            names[block.Name] = new MacroValue(MacroDefinition.Parse(block));
        }

        return this;
    }

    private sealed class FixedClock : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => new(2024, 2, 29, 13, 5, 9, 123, TimeSpan.Zero);
    }

    public bool TryGet(string name, out object? value) => names.TryGetValue(name, out value);
}
