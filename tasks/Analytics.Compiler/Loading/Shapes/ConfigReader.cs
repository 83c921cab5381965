using Analytics.Compiler.Diagnostics;
using Analytics.Compiler.Loading.Yaml;
using Analytics.Text;

namespace Analytics.Compiler.Loading.Shapes;

/// <summary>Doubts config keys that look like misspelt ones.</summary>
internal static class ConfigReader
{
    /// <summary>
    /// The <c>config:</c> mapping of a resource, with the keys beside it that dbt also takes for configs; null when there is
    /// nothing of either.
    /// </summary>
    /// <param name="owner">The resource's entry.</param>
    /// <param name="place">What messages call it.</param>
    /// <param name="shapes">Takes the reports.</param>
    /// <param name="beside">The configs that may stand beside <c>config:</c>; in both places one is an error, as in dbt.</param>
    public static YamlMapping? Read(
        YamlMapping owner,
        string place,
        ShapeReader shapes,
        params ReadOnlySpan<string> beside
    )
    {
        var config = shapes.Mapping(owner["config"], $"'config' of {place}");
        foreach (var entry in config?.Entries ?? [])
        {
            Check(entry, entry.Key, shapes);
        }

        var entries = (config?.Entries ?? []).ToBuilder();
        foreach (var key in beside)
        {
            // A null says something of 'freshness' only: it switches it off.
            if (owner.Find(key) is not { } entry || (ShapeReader.IsAbsent(entry.Value) && key != "freshness"))
            {
                continue;
            }

            if (config?.Find(key) is not null)
            {
                shapes.Report(ProjectDiagnostics.RepeatedConfig(entry.KeySpan, key));
            }
            else
            {
                entries.Add(entry);
            }
        }

        return entries.Count == 0 ? config : new YamlMapping(entries.ToImmutable(), config?.Span ?? owner.Span);
    }

    /// <summary>
    /// A tree of <c>dbt_project.yml</c>: a key with <c>+</c>, or with a value that is no mapping, is a config; any other
    /// mapping is a folder.
    /// </summary>
    public static void CheckTree(YamlMapping tree, ShapeReader shapes)
    {
        foreach (var entry in tree.Entries)
        {
            if (entry.Key.StartsWith('+'))
            {
                Check(entry, entry.Key[1..], shapes);
            }
            else if (entry.Value is YamlMapping folder)
            {
                if (!ConfigKeys.Mappings.Contains(entry.Key))
                {
                    CheckTree(folder, shapes);
                }
            }
            else
            {
                Check(entry, entry.Key, shapes);
            }
        }
    }

    private static void Check(YamlEntry entry, string key, ShapeReader shapes)
    {
        if (!ConfigKeys.All.Contains(key) && NearName.Find(key, ConfigKeys.All.Keys) is { } near)
        {
            shapes.Doubt(ProjectDiagnostics.UnknownKey(entry.KeySpan, entry.Key, ConfigKeys.All.Place, near));
        }
    }
}
