using System.Collections.Frozen;

namespace Analytics.Jinja.Modules;

/// <summary>A module: names and their values.</summary>
internal sealed class PyModule(string name, Dictionary<string, object?> members) : IHostObject
{
    private readonly FrozenDictionary<string, object?> members = members.ToFrozenDictionary(StringComparer.Ordinal);

    public string TypeName => "module";

    public bool TryGetAttribute(string name, out object? value) => members.TryGetValue(name, out value);

    public bool TryGetItem(object? key, out object? value)
    {
        value = null;
        return false;
    }

    public string AsText() => $"<module '{name}'>";
}
