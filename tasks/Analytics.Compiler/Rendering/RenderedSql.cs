using System.Collections.Immutable;
using Analytics.Compiler.Diagnostics;
using Analytics.Jinja;
using Analytics.Text;

namespace Analytics.Compiler.Rendering;

/// <summary>SQL with the way back to what the author typed.</summary>
public sealed class RenderedSql
{
    private readonly SourceMap? map;
    private readonly SourceSpan fallback;
    private readonly int mapOffset;

    internal RenderedSql(string text, SourceMap? map, SourceSpan fallback, int mapOffset = 0)
    {
        Text = text;
        this.map = map;
        this.fallback = fallback;
        this.mapOffset = mapOffset;
    }

    /// <summary>The SQL.</summary>
    public string Text { get; }

    /// <summary>The author's text that wrote a place of the SQL.</summary>
    /// <param name="offset">Zero-based UTF-16 offset into <see cref="Text"/>.</param>
    /// <param name="length">Length of the place; at least one character is looked at.</param>
    /// <returns>
    /// The span in the author's file (the call, where a macro wrote the text), and the places inside macros as related
    /// locations. Text that nobody wrote (the common table expression of an ephemeral model) gives the node's own span.
    /// </returns>
    public (SourceSpan Span, ImmutableArray<RelatedLocation> Related) Locate(int offset, int length = 1)
    {
        if (map is null || offset < mapOffset || offset > mapOffset + map.Length)
        {
            return (fallback, []);
        }

        var location = map.Locate(offset - mapOffset, Math.Max(1, length));
        return TemplateLocation.InAuthorsFile(location.Span, location.Stack, fallback.File);
    }
}
