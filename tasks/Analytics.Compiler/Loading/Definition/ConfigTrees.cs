using Analytics.Compiler.Loading.Resources;
using Analytics.Compiler.Loading.Yaml;

namespace Analytics.Compiler.Loading.Definition;

/// <summary>The trees of <c>dbt_project.yml</c> that configure resources by path, one at most for each kind.</summary>
public sealed class ConfigTrees
{
    private readonly YamlMapping?[] trees = new YamlMapping?[Enum.GetValues<ResourceKind>().Length];

    /// <summary>Configures nothing.</summary>
    public static ConfigTrees None { get; } = new();

    /// <summary>The tree of a kind; null when there is none.</summary>
    public YamlMapping? this[ResourceKind kind] => trees[(int)kind];

    internal void Add(ResourceKind kind, YamlMapping tree) => trees[(int)kind] = tree;
}
