using System.Collections.Frozen;
using Analytics.Jinja.Values;
using Analytics.Text;

namespace Analytics.Jinja.Filters;

/// <summary>The filters by name.</summary>
internal static class FilterTable
{
    private static readonly FrozenDictionary<string, BuiltIn> All = new[]
    {
        TextFilters.All,
        SequenceFilters.All,
        SelectionFilters.All,
        NumberFilters.All,
        ObjectFilters.All,
        HtmlFilters.All,
        NativeFilters.All,
    }
        .SelectMany(f => f)
        .ToFrozenDictionary(f => f.Key, f => f.Value, StringComparer.Ordinal);

    public static BuiltIn? Find(string name) => All.GetValueOrDefault(name);

    /// <summary>What to say of a name that <see cref="Find"/> does not know.</summary>
    public static string Unknown(string name) =>
        NearName.Find(name, All.Keys) is { } near
            ? $"No filter named '{name}'; did you mean '{near}'?"
            : $"No filter named '{name}'";

    /// <summary>A filter under its own name and others.</summary>
    public static IEnumerable<KeyValuePair<string, BuiltIn>> Named(BuiltIn filter, params string[] aliases) =>
        aliases.Prepend(filter.Name).Select(a => KeyValuePair.Create(a, filter));
}
