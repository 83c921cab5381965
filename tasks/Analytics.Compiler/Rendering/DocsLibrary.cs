using System.Collections.Frozen;
using Analytics.Compiler.Loading;

namespace Analytics.Compiler.Rendering;

/// <summary>The texts of all <c>{% docs %}</c> blocks.</summary>
internal sealed class DocsLibrary(ProjectSource source)
{
    private readonly FrozenDictionary<(string Package, string Name), string> texts = source
        .All.SelectMany(package => package.Docs)
        .DistinctBy(block => (block.Package, block.Name))
        .ToFrozenDictionary(block => (block.Package, block.Name), block => block.Body.Text.Trim());

    /// <summary>The text of a block, or null: of the package asked for, else of the caller's, the root project's, any.</summary>
    public string? Find(string caller, string? package, string name)
    {
        if (package is not null)
        {
            return texts.GetValueOrDefault((package, name));
        }

        return texts.GetValueOrDefault((caller, name))
            ?? texts.GetValueOrDefault((source.Root.Name, name))
            ?? source
                .Packages.Select(other => texts.GetValueOrDefault((other.Name, name)))
                .FirstOrDefault(text => text is not null);
    }

    /// <summary>All names, for suggestions.</summary>
    public IEnumerable<string> Names => texts.Keys.Select(key => key.Name);
}
