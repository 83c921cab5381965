using Analytics.Compiler.Diagnostics;
using Analytics.Compiler.Loading.Yaml;
using Analytics.Text;

namespace Analytics.Compiler.Loading.Shapes;

/// <summary>Doubts config keys that look like misspelt ones.</summary>
internal static class ConfigReader
{
    /// <summary>The <c>config:</c> mapping of a resource; null when absent.</summary>
    public static YamlMapping? Read(YamlNode? node, string place, ShapeReader shapes)
    {
        var config = shapes.Mapping(node, $"'config' of {place}");
        if (config is not null)
        {
            foreach (var entry in config.Entries)
            {
                Check(entry, entry.Key, shapes);
            }
        }

        return config;
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
