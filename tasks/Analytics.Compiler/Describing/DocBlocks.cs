using System.Text.RegularExpressions;
using Analytics.Compiler.Loading;
using Analytics.Jinja.Values;

namespace Analytics.Compiler.Describing;

/// <summary>Finds the docs blocks that descriptions are made of.</summary>
internal sealed partial class DocBlocks(ProjectSource source)
{
    private readonly HashSet<(string Package, string Name)> known =
    [
        .. source.All.SelectMany(package => package.Docs).Select(block => (block.Package, block.Name)),
    ];

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
            var name = call.Groups["name"].Value;
            var asked = call.Groups["package"];
            var owners = asked.Success ? [asked.Value] : Owners(package);
            if (owners.FirstOrDefault(owner => known.Contains((owner, name))) is { } found)
            {
                ids.Add($"doc.{found}.{name}");
            }
        }

        return ids;
    }

    // As doc() looks for a block that is named without a package.
    private IEnumerable<string> Owners(string package) =>
        new[] { package, source.Root.Name }.Concat(source.Packages.Select(other => other.Name));

    [GeneratedRegex(
        @"doc\(\s*(?:['""](?<package>\w+)['""]\s*,\s*)?['""](?<name>[^'""]+)['""]\s*\)",
        RegexOptions.CultureInvariant
    )]
    private static partial Regex Call();
}
