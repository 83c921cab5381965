using System.Collections.Immutable;
using Analytics.Compiler.Resolving.Nodes;
using Analytics.Jinja.Values;

namespace Analytics.Compiler.Resolving.Configs;

/// <summary>
/// A config while it is being put together, weakest layer first. The rules are dbt's: tags and hooks are appended,
/// mappings such as meta are merged key by key, grants are replaced per privilege unless the key is written with
/// <c>+</c>, and everything else is replaced.
/// </summary>
internal sealed class MergedConfig
{
    private readonly Dictionary<string, ConfigEntry> entries = new(StringComparer.Ordinal);

    public ConfigEntry? this[string key] => entries.GetValueOrDefault(key);

    public void Apply(ConfigEntry entry)
    {
        var key = Canonical(entry.Key);
        var existing = entries.GetValueOrDefault(key);
        var value = Combine(key, existing?.Value, entry.Value);
        var isPlain =
            ReferenceEquals(entry.Unrendered, entry.Value)
            && (existing is null || ReferenceEquals(existing.Unrendered, existing.Value));
        entries[key] = new ConfigEntry(key, value, entry.Span)
        {
            Unrendered = isPlain ? value : Combine(key, existing?.Unrendered, entry.Unrendered),
        };
    }

    /// <summary>Sets a value whatever was there.</summary>
    public void Replace(ConfigEntry entry) => entries[entry.Key] = entry;

    public NodeConfig Freeze() =>
        new(entries.ToImmutableSortedDictionary(pair => pair.Key, pair => pair.Value.Value, StringComparer.Ordinal))
        {
            Origin = this,
        };

    /// <summary>Every key that was set with its value as it is written, in ordinal order of the keys.</summary>
    public IEnumerable<KeyValuePair<string, object?>> Unrendered =>
        entries
            .Values.OrderBy(entry => entry.Key, StringComparer.Ordinal)
            .Select(entry => KeyValuePair.Create(entry.Key, entry.Unrendered));

    // What a key is after a layer said something of it.
    private static object? Combine(string key, object? old, object? added) =>
        key switch
        {
            "tags" or "packages" or "pre-hook" or "post-hook" => old is null
                ? AsList(added)
                : Append(AsList(old), AsList(added)),
            "meta"
            or "quoting"
            or "column_types"
            or "docs"
            or "contract" when old is PyDict below && added is PyDict above => Merge(below, above),
            "grants" when added is PyDict above => Grants(old as PyDict ?? [], above),
            _ => added,
        };

    private static string Canonical(string key) =>
        key switch
        {
            "pre_hook" => "pre-hook",
            "post_hook" => "post-hook",
            _ => key,
        };

    private static PyList AsList(object? value) =>
        value switch
        {
            null => [],
            PyList list => list,
            PyTuple tuple => new PyList(tuple),
            _ => [value],
        };

    private static PyList Append(PyList left, PyList right) => new(left.Concat(right));

    private static PyDict Merge(PyDict left, PyDict right)
    {
        var merged = left.Copy();
        foreach (var (key, value) in right)
        {
            merged[key] = value;
        }

        return merged;
    }

    private static PyDict Grants(PyDict left, PyDict right)
    {
        var merged = left.Copy();
        foreach (var (key, value) in right)
        {
            var name = PyText.Str(key);
            if (name.StartsWith('+'))
            {
                name = name[1..];
                merged[name] = merged.TryGet(name, out var old) ? Append(AsList(old), AsList(value)) : AsList(value);
            }
            else
            {
                merged[name] = AsList(value);
            }
        }

        return merged;
    }
}
