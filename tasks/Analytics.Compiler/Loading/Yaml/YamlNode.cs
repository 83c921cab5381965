using System.Collections.Immutable;
using Analytics.Text;

namespace Analytics.Compiler.Loading.Yaml;

/// <summary>A YAML value with its place. Immutable; templates inside scalars are still text.</summary>
/// <param name="Span">The value's own text: a scalar with its quotes, a collection from its first to its last entry.</param>
public abstract record YamlNode(SourceSpan Span)
{
    /// <summary>What a message calls this kind of value: <c>a mapping</c>, <c>a list</c>, <c>a string</c>, ….</summary>
    public abstract string KindName { get; }
}

/// <summary>A scalar.</summary>
/// <param name="Value">
/// null, bool, long, double or string: a plain scalar is resolved as PyYAML's safe loader does (YAML 1.1: <c>yes</c> and
/// <c>off</c> are booleans, <c>0x1F</c> a number, a date stays text); a quoted or block scalar is always a string.
/// </param>
/// <param name="Text">The scalar's text after YAML's own unescaping.</param>
/// <param name="Content">
/// Where the text lies without quotes. When its length is <c>Text.Length</c>, offsets into the text are offsets into the
/// file; block and escaped scalars have no such relation.
/// </param>
/// <param name="Span">See <see cref="YamlNode"/>.</param>
public sealed record YamlScalar(object? Value, string Text, SourceSpan Content, SourceSpan Span) : YamlNode(Span)
{
    /// <inheritdoc />
    public override string KindName =>
        Value switch
        {
            null => "null",
            bool => "a boolean",
            long => "a whole number",
            double => "a number",
            _ => "a string",
        };
}

/// <summary>A list.</summary>
/// <param name="Items">In the order of the file.</param>
/// <param name="Span">See <see cref="YamlNode"/>.</param>
public sealed record YamlSequence(ImmutableArray<YamlNode> Items, SourceSpan Span) : YamlNode(Span)
{
    /// <inheritdoc />
    public override string KindName => "a list";
}

/// <summary>A mapping. A key stands once: a second one was reported when the file was read, and dropped.</summary>
/// <param name="Entries">In the order of the file.</param>
/// <param name="Span">See <see cref="YamlNode"/>.</param>
public sealed record YamlMapping(ImmutableArray<YamlEntry> Entries, SourceSpan Span) : YamlNode(Span)
{
    /// <inheritdoc />
    public override string KindName => "a mapping";

    /// <summary>The value of a key, or null when the key is absent (a key with a YAML null gives a scalar).</summary>
    public YamlNode? this[string key] => Find(key)?.Value;

    /// <summary>The entry of a key, or null.</summary>
    public YamlEntry? Find(string key)
    {
        foreach (var entry in Entries)
        {
            if (string.Equals(entry.Key, key, StringComparison.Ordinal))
            {
                return entry;
            }
        }

        return null;
    }
}

/// <summary>A key and its value.</summary>
/// <param name="Key">The key's text.</param>
/// <param name="KeySpan">The key in the file.</param>
/// <param name="Value">The value.</param>
public sealed record YamlEntry(string Key, SourceSpan KeySpan, YamlNode Value);
