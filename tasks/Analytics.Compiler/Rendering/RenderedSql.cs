using System.Collections.Immutable;
using Analytics.Compiler.Diagnostics;
using Analytics.Jinja;
using Analytics.Text;

namespace Analytics.Compiler.Rendering;

/// <summary>SQL with the way back to what the author typed.</summary>
public sealed class RenderedSql
{
    private readonly ImmutableArray<Part> parts;
    private readonly SourceSpan fallback;

    private RenderedSql(string text, ImmutableArray<Part> parts, SourceSpan fallback)
    {
        Text = text;
        this.parts = parts;
        this.fallback = fallback;
    }

    /// <summary>The SQL.</summary>
    public string Text { get; }

    /// <summary>The author's text that wrote a place of the SQL.</summary>
    /// <param name="offset">Zero-based UTF-16 offset into <see cref="Text"/>.</param>
    /// <param name="length">Length of the place; at least one character is looked at.</param>
    /// <returns>
    /// The span in the author's file (the call, where a macro wrote the text), and the places inside macros as related
    /// locations. Text that no template wrote gives the node's own span.
    /// </returns>
    public (SourceSpan Span, ImmutableArray<RelatedLocation> Related) Locate(int offset, int length = 1)
    {
        foreach (var part in parts)
        {
            if (offset >= part.Start && offset < part.Start + part.Length)
            {
                if (part.Map is null)
                {
                    return (part.Fallback, []);
                }

                var mapped = offset - part.Start + part.MapStart;
                var location = part.Map.Locate(mapped, Math.Clamp(length, 1, part.Start + part.Length - offset));
                return TemplateLocation.InAuthorsFile(location.Span, location.Stack, part.Fallback);
            }
        }

        // The end of the text: PostgreSQL points there when something is missing.
        if (offset > 0 && offset >= Text.Length && parts.Length > 0)
        {
            var last = Text.AsSpan().TrimEnd().Length - 1;
            return last >= 0 && last < offset ? Locate(last) : (fallback, []);
        }

        return (fallback, []);
    }

    /// <summary>One rendering as it is.</summary>
    /// <param name="rendered">The text and its map.</param>
    /// <param name="fallback">The node's own span.</param>
    internal static RenderedSql From(RenderedText rendered, SourceSpan fallback) =>
        new(rendered.Text, [new Part(0, rendered.Text.Length, rendered.Map, 0, fallback)], fallback);

    /// <summary>SQL that no template wrote; all of it is the text of one place.</summary>
    public static RenderedSql Of(string text, SourceSpan place) =>
        new(text, [new Part(0, text.Length, null, 0, place)], place);

    /// <summary>This SQL with other SQL put in at a place; errors in the other SQL land in its own file.</summary>
    /// <param name="at">Zero-based UTF-16 offset.</param>
    /// <param name="insertions">Plain texts (no SQL behind them) and renderings, in order.</param>
    internal RenderedSql Insert(int at, IEnumerable<(string Text, RenderedSql? Sql)> insertions)
    {
        var moved = ImmutableArray.CreateBuilder<Part>();
        foreach (var part in parts.Where(part => part.Start < at))
        {
            moved.Add(part with { Length = Math.Min(part.Length, at - part.Start) });
        }

        var text = new System.Text.StringBuilder(Text, 0, at, Text.Length + 256);
        foreach (var (plain, sql) in insertions)
        {
            var start = text.Length;
            text.Append(plain);
            if (sql is not null)
            {
                moved.AddRange(sql.parts.Select(part => part with { Start = part.Start + start }));
            }
        }

        var shift = text.Length - at;
        foreach (var part in parts.Where(part => part.Start + part.Length > at))
        {
            var cut = Math.Max(0, at - part.Start);
            moved.Add(
                part with
                {
                    Start = part.Start + cut + shift,
                    Length = part.Length - cut,
                    MapStart = part.MapStart + cut,
                }
            );
        }

        text.Append(Text, at, Text.Length - at);
        return new RenderedSql(text.ToString(), moved.ToImmutable(), fallback);
    }

    /// <summary>This SQL with another text in a place, which no template wrote.</summary>
    /// <param name="at">Zero-based UTF-16 offset.</param>
    /// <param name="length">How much is left out there.</param>
    /// <param name="text">What stands there instead.</param>
    internal RenderedSql Replace(int at, int length, string text)
    {
        var end = at + length;
        var shift = text.Length - length;
        var moved = ImmutableArray.CreateBuilder<Part>(parts.Length + 1);
        foreach (var part in parts)
        {
            if (part.Start < at)
            {
                moved.Add(part with { Length = Math.Min(part.Length, at - part.Start) });
            }

            if (part.Start + part.Length > end)
            {
                var cut = Math.Max(0, end - part.Start);
                moved.Add(
                    part with
                    {
                        Start = part.Start + cut + shift,
                        Length = part.Length - cut,
                        MapStart = part.MapStart + cut,
                    }
                );
            }
        }

        return new RenderedSql(
            string.Concat(Text.AsSpan(0, at), text, Text.AsSpan(end)),
            moved.ToImmutable(),
            fallback
        );
    }

    private sealed record Part(int Start, int Length, SourceMap? Map, int MapStart, SourceSpan Fallback);
}
