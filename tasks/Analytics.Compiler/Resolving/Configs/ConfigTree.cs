using System.Collections.Immutable;
using Analytics.Compiler.Loading.Yaml;

namespace Analytics.Compiler.Resolving.Configs;

/// <summary>
/// A tree of configs in <c>dbt_project.yml</c>: a key with <c>+</c>, or one whose value is no mapping, is a config; a
/// mapping without <c>+</c> is a package, a folder or a node.
/// </summary>
internal static class ConfigTree
{
    /// <summary>The config entries that apply to a node, outermost first.</summary>
    public static IEnumerable<(string Key, YamlEntry Entry)> EntriesFor(YamlMapping tree, ImmutableArray<string> fqn)
    {
        var level = tree;
        for (var depth = 0; ; depth++)
        {
            foreach (var entry in level.Entries)
            {
                if (entry.Key.StartsWith('+'))
                {
                    yield return (entry.Key[1..], entry);
                }
                else if (entry.Value is not YamlMapping)
                {
                    yield return (entry.Key, entry);
                }
            }

            if (depth == fqn.Length || level[fqn[depth]] is not YamlMapping next)
            {
                yield break;
            }

            level = next;
        }
    }
}
