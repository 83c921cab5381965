using System.Collections.Immutable;
using System.Text;
using Analytics.Compiler.Diagnostics;
using Analytics.Text;

namespace Analytics.Compiler.Loading.Files;

/// <summary>Makes text of a file's bytes.</summary>
internal static class TextDecoder
{
    private static readonly UTF8Encoding Strict = new(
        encoderShouldEmitUTF8Identifier: false,
        throwOnInvalidBytes: true
    );

    /// <summary>The text without a byte order mark; null (reported) when the bytes are no UTF-8.</summary>
    public static SourceFile? Decode(
        ProjectFile file,
        string? directory,
        ImmutableArray<Diagnostic>.Builder diagnostics
    )
    {
        var bytes = file.Content.Span;
        var mark = bytes.StartsWith(Encoding.UTF8.Preamble) ? Encoding.UTF8.Preamble.Length : 0;
        try
        {
            return new SourceFile(file.Path, Strict.GetString(bytes[mark..]), directory);
        }
        catch (DecoderFallbackException)
        {
            // What is readable is kept for the position; the replacement characters come after it.
            var valid = ValidPrefix(bytes[mark..]);
            var readable = new SourceFile(file.Path, Encoding.UTF8.GetString(bytes[mark..]), directory);
            var start = Encoding.UTF8.GetCharCount(bytes.Slice(mark, valid));
            diagnostics.Add(ProjectDiagnostics.Encoding(readable.Span(start, 1), mark + valid));
            return null;
        }
    }

    private static int ValidPrefix(ReadOnlySpan<byte> bytes)
    {
        var offset = 0;
        while (
            offset < bytes.Length
            && Rune.DecodeFromUtf8(bytes[offset..], out _, out var consumed) == System.Buffers.OperationStatus.Done
        )
        {
            offset += consumed;
        }

        return offset;
    }
}
