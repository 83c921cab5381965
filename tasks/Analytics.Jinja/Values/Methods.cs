using System.Collections.Frozen;

namespace Analytics.Jinja.Values;

/// <summary>Finds the Python methods of texts and containers.</summary>
internal static class Methods
{
    private static readonly FrozenDictionary<string, MethodsOfName> ByName = StringMethods
        .All.Keys.Union(ListMethods.OfList.Keys)
        .Union(DictMethods.All.Keys)
        .Union(ListMethods.OfTuple.Keys)
        .Union(SetMethods.All.Keys)
        .Union(NumberMethods.All.Keys)
        .ToFrozenDictionary(
            n => n,
            n => new MethodsOfName(
                StringMethods.All.GetValueOrDefault(n),
                ListMethods.OfList.GetValueOrDefault(n),
                DictMethods.All.GetValueOrDefault(n),
                ListMethods.OfTuple.GetValueOrDefault(n),
                SetMethods.All.GetValueOrDefault(n),
                NumberMethods.All.GetValueOrDefault(n)
            ),
            StringComparer.Ordinal
        );

    /// <summary>The methods of a name, whatever the type; null when no type has one.</summary>
    public static MethodsOfName? Find(string name) => ByName.GetValueOrDefault(name);

    public static BuiltIn? Find(object? target, string name) => Find(name)?.Of(target);

    /// <summary>A table of methods by name.</summary>
    public static FrozenDictionary<string, BuiltIn> Table(params BuiltIn[] methods) =>
        methods.ToFrozenDictionary(m => m.Name, StringComparer.Ordinal);
}
