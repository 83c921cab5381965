using Analytics.Jinja.Values;

namespace Analytics.Compiler.Loading.Yaml;

/// <summary>YAML as values of the template engine.</summary>
public static class YamlValues
{
    /// <summary>
    /// null, bool, long, double, string, <see cref="PyList"/> or <see cref="PyDict"/> with texts as keys, in the order of
    /// the file. Templates inside texts are not rendered. Lists and dicts are new ones at each call.
    /// </summary>
    public static object? ToNative(YamlNode node)
    {
        ArgumentNullException.ThrowIfNull(node);

        // The reader bounds the depth, so this may recurse.
        return node switch
        {
            YamlScalar scalar => scalar.Value,
            YamlSequence sequence => new PyList(sequence.Items.Select(ToNative)),
            YamlMapping mapping => ToDict(mapping),
            _ => throw new ArgumentException("Not a kind of YAML value.", nameof(node)),
        };
    }

    /// <summary>As <see cref="ToNative"/>, for a mapping.</summary>
    public static PyDict ToDict(YamlMapping mapping)
    {
        ArgumentNullException.ThrowIfNull(mapping);
        var result = new PyDict();
        foreach (var entry in mapping.Entries)
        {
            result[entry.Key] = ToNative(entry.Value);
        }

        return result;
    }
}
