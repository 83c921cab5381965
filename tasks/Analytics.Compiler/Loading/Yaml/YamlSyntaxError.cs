using Analytics.Compiler.Diagnostics;
using Analytics.Text;
using YamlDotNet.Core;

namespace Analytics.Compiler.Loading.Yaml;

/// <summary>Says in one sentence why the parser stopped, and points at the character where the author must look.</summary>
internal static class YamlSyntaxError
{
    private const string Tab = "a tab cannot indent YAML; use spaces";

    private sealed record Rule(string Fragment, bool AtEnd, string Sentence);

    // The first fragment that the parser's message holds decides.
    private static readonly Rule[] Rules =
    [
        new("expected ',' or ']'", true, "expected ',' or ']'"),
        new("expected ',' or '}'", true, "expected ',' or '}'"),
        new("did not find expected key", true, "expected a key at the indentation of the mapping before it"),
        new("did not find expected '-' indicator", true, "expected '-' at the indentation of the list before it"),
        new("found invalid mapping", false, "':' makes a mapping, which cannot stand here; put the text in quotes"),
        new("could not find expected ':'", false, "expected ':' after the key"),
        new("unexpected end of stream", false, "the quote that opens here is not closed"),
        new(
            "multi-line double-quoted",
            false,
            "the lines of a quoted text must be indented more than its key, or its quote is not closed"
        ),
        new("unknown escape", true, "unknown escape after '\\' in a text in double quotes"),
        new("hexadecimal number", true, "expected hexadecimal digits after '\\x', '\\u' or '\\U'"),
        new("undefined tag handle", false, "unknown tag"),
        new("more than one anchor", false, "a value can have one anchor"),
        new("disallowed", false, "an anchor or alias cannot hold any of []{},"),
        new("expected node content", false, "expected a value"),
    ];

    public static Diagnostic Describe(
        SourceFile file,
        YamlPadding padding,
        YamlException exception,
        SourceSpan? openFlow,
        SourceSpan? longQuote
    )
    {
        var start = padding.ToOriginal(exception.Start.Index);
        var end = padding.ToOriginal(exception.End.Index);
        var message = exception.Message;
        if (message.Contains("cannot start any token", StringComparison.Ordinal))
        {
            return At(file, start, CannotStart(file, start));
        }

        if (IsTab(message))
        {
            return At(file, FirstTab(file, start) ?? end, Tab);
        }

        if (IsUnquotedTemplate(file, Math.Max(start, end)) is { } template)
        {
            return At(file, template, "a value that begins with '{{' must be in quotes");
        }

        // Something stands right behind a text of several lines: its end is the beginning of another one.
        if (
            longQuote is { } quote
            && start >= quote.End
            && !file.Text.AsSpan(quote.End, start - quote.End).ContainsAny('\n', '\r')
        )
        {
            return At(file, quote.Start, "the quote that opens here is not closed before another one opens");
        }

        foreach (var rule in Rules)
        {
            if (message.Contains(rule.Fragment, StringComparison.Ordinal))
            {
                if (openFlow is { } open && start >= file.Text.TrimEnd().Length)
                {
                    return NotClosed(open);
                }

                // Where the parser points at a whole token, its beginning is the place.
                return At(file, rule.AtEnd && IsScanning(message) ? end : start, rule.Sentence);
            }
        }

        return openFlow is { } bracket && start >= file.Text.TrimEnd().Length
            ? NotClosed(bracket)
            : At(file, start, "this is not YAML: " + Sentence(message));
    }

    /// <summary>The scanner gave up without saying where.</summary>
    public static Diagnostic Unfinished(SourceFile file, SourceSpan? openFlow, int lastEnd) =>
        openFlow is { } open ? NotClosed(open) : At(file, lastEnd, "expected the rest of a value after this");

    private static Diagnostic NotClosed(SourceSpan open) =>
        ProjectDiagnostics.YamlSyntax(open, $"'{open.Text}' is not closed");

    private static bool IsTab(string message) =>
        message.Contains("tab character", StringComparison.Ordinal)
        || message.Contains("invalid tab", StringComparison.Ordinal);

    // The first tab of an indentation at or after an offset; the parser may point at the value before it.
    private static int? FirstTab(SourceFile file, int offset)
    {
        var indents = offset == 0 || file.Text[offset - 1] is '\n' or '\r';
        for (var i = offset; i < file.Text.Length; i++)
        {
            var c = file.Text[i];
            if (c == '\t' && indents)
            {
                return i;
            }

            indents = c is '\n' or '\r' || (indents && c == ' ');
        }

        return null;
    }

    private static bool IsScanning(string message) => message.StartsWith("While scanning", StringComparison.Ordinal);

    private static string CannotStart(SourceFile file, int offset) =>
        offset >= file.Text.Length ? "the file ends where a value is expected"
        : file.Text[offset] == '\t' ? Tab
        : $"a text cannot begin with '{file.Text[offset]}'; put it in quotes";

    // key: {{ template }}_rest: YAML sees a mapping in a mapping, and then something behind it.
    private static int? IsUnquotedTemplate(SourceFile file, int offset)
    {
        var position = file.PositionAt(offset);
        var lineStart = file.OffsetAt(new LinePosition(position.Line, 1));
        var before = file.Text.AsSpan(lineStart, offset - lineStart);
        var open = before.IndexOf("{{", StringComparison.Ordinal);
        if (open < 0)
        {
            return null;
        }

        var lead = before[..open].TrimEnd();
        return lead.Length == 0 || lead[^1] is ':' or '-' ? lineStart + open : null;
    }

    private static string Sentence(string message)
    {
        var text = message.TrimEnd('.');
        return text.Length == 0 ? "unknown reason" : char.ToLowerInvariant(text[0]) + text[1..];
    }

    private static Diagnostic At(SourceFile file, int offset, string message) =>
        ProjectDiagnostics.YamlSyntax(
            file.Span(offset, offset < file.Text.Length && file.Text[offset] is not ('\n' or '\r') ? 1 : 0),
            message
        );
}
