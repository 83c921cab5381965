using System.Collections.Immutable;
using Analytics.Text;

namespace Analytics.Compiler.Loading.Yaml;

/// <summary>A list or mapping that is being read.</summary>
internal sealed class YamlFrame(bool isMapping, bool isFlow, SourceSpan start, string? anchor)
{
    /// <summary>A mapping, not a list.</summary>
    public bool IsMapping => isMapping;

    /// <summary>Written with brackets or braces.</summary>
    public bool IsFlow => isFlow;

    /// <summary>Where it begins, after its anchor and tag; zero-length in block style.</summary>
    public SourceSpan Start => start;

    /// <summary>The name after <c>&amp;</c>; null without one.</summary>
    public string? Anchor => anchor;

    /// <summary>A mapping that is a template without quotes: <c>{{ … }}</c>.</summary>
    public bool IsTemplate { get; set; }

    /// <summary>The items of a list.</summary>
    public ImmutableArray<YamlNode>.Builder Items { get; } = ImmutableArray.CreateBuilder<YamlNode>();

    /// <summary>The entries of a mapping, without merged ones.</summary>
    public List<YamlEntry> Entries { get; } = [];

    /// <summary>The keys of <see cref="Entries"/>.</summary>
    public HashSet<string> Keys { get; } = new(StringComparer.Ordinal);

    /// <summary>The mappings after <c>&lt;&lt;</c>, in order.</summary>
    public List<YamlMapping> Merged { get; } = [];

    /// <summary>The key that waits for its value.</summary>
    public YamlNode? PendingKey { get; set; }

    /// <summary>Number of values in it, aliases followed.</summary>
    public long Size { get; set; } = 1;

    /// <summary>Levels below it.</summary>
    public int Height { get; set; } = 1;

    /// <summary>End of the last value in it.</summary>
    public int End { get; set; } = start.End;
}
