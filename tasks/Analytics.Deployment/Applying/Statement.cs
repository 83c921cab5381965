using System.Collections.Immutable;
using System.Text;
using Analytics.Compiler.Diagnostics;
using Analytics.Compiler.Rendering;
using Analytics.Text;
using Npgsql;

namespace Analytics.Deployment.Applying;

/// <summary>One SQL statement, and which part of it an author wrote.</summary>
/// <param name="Text">The statement without a semicolon.</param>
/// <param name="Rendered">The author's part; null when it is all ours.</param>
/// <param name="Offset">UTF-16 offset of the author's part in <paramref name="Text"/>.</param>
internal sealed record Statement(string Text, RenderedSql? Rendered = null, int Offset = 0)
{
    /// <summary>The author's SQL between two texts of ours.</summary>
    public static Statement Around(string prefix, RenderedSql rendered, string suffix) =>
        new(prefix + rendered.Text + suffix, rendered, prefix.Length);

    /// <summary>The same statement after some more text.</summary>
    public Statement After(string prefix) => this with { Text = prefix + Text, Offset = Offset + prefix.Length };

    /// <summary>Where the author wrote what an error of the server is about.</summary>
    /// <param name="exception">An error of this very statement.</param>
    /// <returns>The place and the macros between; null when the server gives no position, or it is in our part.</returns>
    public (SourceSpan Span, ImmutableArray<RelatedLocation> Related)? Locate(PostgresException exception)
    {
        if (Rendered is null || exception.Position <= 0)
        {
            return null;
        }

        var offset = Utf16Offset(Text, exception.Position - 1) - Offset;
        return offset >= 0 && offset <= Rendered.Text.Length ? Rendered.Locate(offset, TokenLength(offset)) : null;
    }

    // The server counts characters (code points), .NET counts UTF-16 code units.
    private static int Utf16Offset(string text, int codePoints)
    {
        var offset = 0;
        while (codePoints > 0 && offset < text.Length)
        {
            Rune.DecodeFromUtf16(text.AsSpan(offset), out _, out var length);
            offset += length;
            codePoints--;
        }

        return offset;
    }

    // The server names the first character; a name or a number is pointed at as a whole.
    private int TokenLength(int offset)
    {
        var text = Rendered!.Text;
        var end = offset;
        while (end < text.Length && (char.IsLetterOrDigit(text[end]) || text[end] == '_'))
        {
            end++;
        }

        return Math.Max(1, end - offset);
    }
}
