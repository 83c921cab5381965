using System.Collections.Frozen;
using Analytics.Jinja;

namespace Analytics.Compiler.Rendering;

/// <summary>What <c>dbt_utils</c> is in <c>dbt_utils.star(…)</c>.</summary>
internal sealed class PackageNamespace(string name, FrozenDictionary<string, MacroValue> macros) : IHostObject
{
    public string TypeName => "package";

    public bool TryGetAttribute(string attribute, out object? value)
    {
        var found = macros.TryGetValue(attribute, out var macro);
        value = macro;
        return found;
    }

    public bool TryGetItem(object? key, out object? value)
    {
        value = null;
        return key is string attribute && TryGetAttribute(attribute, out value);
    }

    public string AsText() => name;
}
