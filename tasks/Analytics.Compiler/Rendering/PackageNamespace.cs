using System.Collections.Frozen;
using Analytics.Jinja;

namespace Analytics.Compiler.Rendering;

/// <summary>What <c>dbt_utils</c> is in <c>dbt_utils.star(…)</c>.</summary>
internal sealed class PackageNamespace(string name, FrozenDictionary<string, MacroValue> macros) : IHostObject
{
    /// <summary>The package's name, so that a message on a missing macro says where it was looked for.</summary>
    public string TypeName => name;

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
