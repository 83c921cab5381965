using Analytics.Jinja.Values;

namespace Analytics.Jinja.Benchmarks;

/// <summary>The variables that both engines get; render.py has the same.</summary>
internal sealed class PureScope : IGlobalScope
{
    private readonly Dictionary<string, object?> names = new(StringComparer.Ordinal)
    {
        ["schema"] = "analytics",
        ["table"] = "orders",
        ["filters"] = new PyDict
        {
            { "status", "open" },
            { "city", "Berlin" },
            { "zip", "10115" },
        },
    };

    public bool TryGet(string name, out object? value) => names.TryGetValue(name, out value);
}
