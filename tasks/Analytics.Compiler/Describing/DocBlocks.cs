using System.Text.RegularExpressions;
using Analytics.Compiler.Loading;
using Analytics.Jinja.Values;

namespace Analytics.Compiler.Describing;

/// <summary>Finds the docs blocks that descriptions are made of.</summary>
internal sealed partial class DocBlocks(ProjectSource source)
{
    private readonly Dictionary<(string Package, string Name), string> texts = source
        .All.SelectMany(package => package.Docs)
        .DistinctBy(block => (block.Package, block.Name))
        .ToDictionary(block => (block.Package, block.Name), block => block.Body.Text.Trim());

    /// <summary>The unique ids of the blocks that a description names, in its order.</summary>
    /// <param name="package">The package of the YAML file.</param>
    /// <param name="description">The description as written; null when absent.</param>
    public PyList In(string package, string? description)
    {
        var ids = new PyList();
        if (description is null || !description.Contains("doc(", StringComparison.Ordinal))
        {
            return ids;
        }

        foreach (Match call in Call().Matches(description))
        {
            if (Find(package, call) is var (owner, name))
            {
                ids.Add($"doc.{owner}.{name}");
            }
        }

        return ids;
    }

    /// <summary>
    /// A description with the texts of its blocks, for what is no node: a block that is not there leaves its call, as does any
    /// other template.
    /// </summary>
    public string Expand(string package, string description) =>
        description.Contains("doc(", StringComparison.Ordinal)
            ? Tag().Replace(description, tag => Find(package, tag) is { } block ? texts[block] : tag.Value)
            : description;

    private (string Package, string Name)? Find(string package, Match call)
    {
        var name = call.Groups["name"].Value;
        var asked = call.Groups["package"];
        foreach (var owner in asked.Success ? [asked.Value] : Owners(package))
        {
            if (texts.ContainsKey((owner, name)))
            {
                return (owner, name);
            }
        }

        return null;
    }

    // As doc() looks for a block that is named without a package.
    private IEnumerable<string> Owners(string package) =>
        new[] { package, source.Root.Name }.Concat(source.Packages.Select(other => other.Name));

    [GeneratedRegex(
        @"doc\(\s*(?:['""](?<package>\w+)['""]\s*,\s*)?['""](?<name>[^'""]+)['""]\s*\)",
        RegexOptions.CultureInvariant
    )]
    private static partial Regex Call();

    [GeneratedRegex(
        @"\{\{-?\s*doc\(\s*(?:['""](?<package>\w+)['""]\s*,\s*)?['""](?<name>[^'""]+)['""]\s*\)\s*-?\}\}",
        RegexOptions.CultureInvariant
    )]
    private static partial Regex Tag();
}
