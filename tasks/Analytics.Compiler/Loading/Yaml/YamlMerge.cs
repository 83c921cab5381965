using System.Collections.Immutable;

namespace Analytics.Compiler.Loading.Yaml;

/// <summary>The merge key <c>&lt;&lt;</c> of YAML 1.1.</summary>
internal static class YamlMerge
{
    /// <summary>
    /// The entries of a mapping: merged ones come first, of two merged mappings the earlier one wins, and a key that the
    /// mapping writes itself beats all of them.
    /// </summary>
    public static ImmutableArray<YamlEntry> Entries(List<YamlMapping> merged, List<YamlEntry> own)
    {
        if (merged.Count == 0)
        {
            return [.. own];
        }

        var result = new OrderedDictionary<string, YamlEntry>(StringComparer.Ordinal);
        foreach (var entry in merged.SelectMany(mapping => mapping.Entries))
        {
            result.TryAdd(entry.Key, entry);
        }

        foreach (var entry in own)
        {
            result[entry.Key] = entry;
        }

        return [.. result.Values];
    }
}
