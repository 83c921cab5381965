using Analytics.Text;

namespace Analytics.Jinja.Benchmarks;

/// <summary>The names of dbt that the models use, as cheap as a host can make them.</summary>
internal sealed class DbtScope : IGlobalScope
{
    private readonly Dictionary<string, object?> names;

    public DbtScope()
    {
        names = new Dictionary<string, object?>(StringComparer.Ordinal)
        {
            ["config"] = HostFunction.Create("config", _ => ""),
            ["ref"] = HostFunction.Create("ref", a => $"\"db\".\"staging\".\"{a.Positional[0]}\""),
            ["source"] = HostFunction.Create("source", a => $"\"db\".\"{a.Positional[0]}\".\"{a.Positional[1]}\""),
            ["var"] = HostFunction.Create("var", a => a.Positional[^1]),
            ["is_incremental"] = HostFunction.Create("is_incremental", _ => false),
            ["this"] = "\"db\".\"marts\".\"this\"",
            ["target"] = "prod",
        };
        foreach (var block in BlockScanner.Scan(new SourceFile("macros/all.sql", Models.Macros)).Blocks)
        {
            names[block.Name] = new MacroValue(MacroDefinition.Parse(block));
        }
    }

    public bool TryGet(string name, out object? value) => names.TryGetValue(name, out value);
}
