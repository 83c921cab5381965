using System.Collections.Immutable;
using Analytics.Compiler.Resolving.Nodes;
using Analytics.Jinja.Values;

namespace Analytics.Compiler.Resolving.Configs;

/// <summary>Reads the config <c>indexes</c>: a list of <c>{columns, unique, type}</c>. dbt refuses other keys, and so do we.</summary>
internal static class IndexReader
{
    private const string Expected = "a list of mappings with 'columns' and optionally 'unique' and 'type'";

    public static ImmutableArray<IndexDefinition> Read(MergedConfig config, SettingsReader reader)
    {
        if (config["indexes"]?.Value is not { } value)
        {
            return [];
        }

        if (value is not PyList list)
        {
            reader.Report("indexes", value, Expected);
            return [];
        }

        var indexes = ImmutableArray.CreateBuilder<IndexDefinition>(list.Count);
        foreach (var item in list)
        {
            if (Read(item) is { } index)
            {
                indexes.Add(index);
            }
            else
            {
                reader.Report("indexes", item, Expected);
            }
        }

        return indexes.ToImmutable();
    }

    private static IndexDefinition? Read(object? item)
    {
        if (item is not PyDict dict || dict.Keys.Any(key => key is not ("columns" or "unique" or "type")))
        {
            return null;
        }

        dict.TryGet("columns", out var columns);
        dict.TryGet("unique", out var unique);
        dict.TryGet("type", out var method);
        ImmutableArray<string> names = columns switch
        {
            string one => [one],
            PyList many when many.All(name => name is string) => [.. many.Cast<string>()],
            _ => [],
        };
        return names.IsEmpty || unique is not (null or bool) || method is not (null or string)
            ? null
            : new IndexDefinition(names, unique is true, method as string);
    }
}
