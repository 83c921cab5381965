using System.Collections.Immutable;
using Analytics.Compiler.Resolving.Configs;
using Analytics.Text;

namespace Analytics.Compiler.Resolving.Nodes;

/// <summary>The config of a node, merged from all places by dbt's rules.</summary>
/// <param name="Values">
/// Native values by key, in ordinal order of the key: null, bool, long, double, string, and
/// <c>Analytics.Jinja.Values</c> lists and dictionaries.
/// </param>
public sealed record NodeConfig(ImmutableSortedDictionary<string, object?> Values)
{
    /// <summary>Knows where each value was written.</summary>
    internal MergedConfig? Origin { get; init; }

    /// <summary>Nothing set.</summary>
    public static NodeConfig Empty { get; } =
        new(ImmutableSortedDictionary.Create<string, object?>(StringComparer.Ordinal));

    /// <summary>The text of a key; null when it is absent, null or no text.</summary>
    public string? Text(string key) => Values.TryGetValue(key, out var value) ? value as string : null;

    /// <summary>Where a key was set; null when it was not.</summary>
    public SourceSpan? SpanOf(string key) => Origin?[key]?.Span;

    /// <summary>The boolean of a key; null when it is absent or no boolean.</summary>
    public bool? Flag(string key) => Values.TryGetValue(key, out var value) && value is bool flag ? flag : null;
}
