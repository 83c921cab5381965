using System.Collections.Frozen;

namespace Analytics.Jinja.Values;

/// <summary>Finds the Python methods of texts and containers.</summary>
internal static class Methods
{
    public static bool TryFind(object? target, string name, out BuiltIn? method)
    {
        method = null;
        return target switch
        {
            string => StringMethods.All.TryGetValue(name, out method),
            PyList => ListMethods.OfList.TryGetValue(name, out method),
            PyDict => DictMethods.All.TryGetValue(name, out method),
            PyTuple => ListMethods.OfTuple.TryGetValue(name, out method),
            PySet => SetMethods.All.TryGetValue(name, out method),
            long or double or bool or System.Numerics.BigInteger => NumberMethods.All.TryGetValue(name, out method),
            _ => false,
        };
    }

    /// <summary>A table of methods by name.</summary>
    public static FrozenDictionary<string, BuiltIn> Table(params BuiltIn[] methods) =>
        methods.ToFrozenDictionary(m => m.Name, StringComparer.Ordinal);
}
