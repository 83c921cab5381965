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
    private readonly SortedDictionary<string, ConfigEntry> entries = new(StringComparer.Ordinal);

    public ConfigEntry? this[string key] => entries.GetValueOrDefault(key);

    public void Apply(ConfigEntry entry)
    {
        entry = entry with { Key = Canonical(entry.Key) };
        if (!entries.TryGetValue(entry.Key, out var existing))
        {
            entries[entry.Key] = entry.Key switch
            {
                "tags" or "packages" or "pre-hook" or "post-hook" => entry with { Value = AsList(entry.Value) },
                "grants" when entry.Value is PyDict grants => entry with { Value = Grants(new PyDict(), grants) },
                _ => entry,
            };
            return;
        }

        entries[entry.Key] = entry.Key switch
        {
            "tags" or "packages" or "pre-hook" or "post-hook" => entry with
            {
                Value = Append(AsList(existing.Value), AsList(entry.Value)),
            },
            "meta"
            or "quoting"
            or "column_types"
            or "docs"
            or "contract"
            or "persist_docs" when existing.Value is PyDict old && entry.Value is PyDict added => entry with
            {
                Value = Merge(old, added),
            },
            "grants" when existing.Value is PyDict old && entry.Value is PyDict added => entry with
            {
                Value = Grants(old, added),
            },
            _ => entry,
        };
    }

    /// <summary>Sets a value whatever was there.</summary>
    public void Replace(ConfigEntry entry) => entries[entry.Key] = entry;

    public NodeConfig Freeze() =>
        new(entries.ToImmutableSortedDictionary(pair => pair.Key, pair => pair.Value.Value, StringComparer.Ordinal))
        {
            Origin = this,
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
