using System.Collections.Frozen;

namespace Analytics.Compiler.Loading.Shapes;

/// <summary>The keys that one kind of mapping may have.</summary>
/// <param name="Place">What messages call the mapping, for example <c>a model</c>.</param>
/// <param name="Keys">The keys, exactly as written.</param>
internal sealed record KeySet(string Place, FrozenSet<string> Keys)
{
    public static KeySet Of(string place, params IEnumerable<string> keys) =>
        new(place, keys.ToFrozenSet(StringComparer.Ordinal));

    public bool Contains(string key) => Keys.Contains(key);
}
