using YamlDotNet.Core;

namespace Analytics.Compiler.Loading.Yaml;

/// <summary>
/// Three things that PyYAML, and so dbt, accepts and the parser does not: the lines of a text in double quotes, and of a
/// list or mapping in brackets, may be indented as little as one likes, and a comment may touch a bracket. Blanks that
/// mean nothing there make the parser accept them.
/// </summary>
internal static class YamlTolerance
{
    /// <summary>Puts the blanks in; false when the mistake is another one.</summary>
    public static bool TryMend(string text, YamlPadding padding, YamlException exception)
    {
        var start = padding.ToOriginal(exception.Start.Index);
        if (exception.Message.Contains("multi-line double-quoted", StringComparison.Ordinal))
        {
            return Quoted(text, start) is { } end && padding.Insert(LineStarts(text, start, end), Column(text, start));
        }

        // The parser points at the bracket, comma or quote that the comment touches.
        var comment = text.AsSpan(start, Math.Min(2, text.Length - start)).IndexOf('#');
        return exception.Message.Contains("invalid comment after", StringComparison.Ordinal)
            && comment >= 0
            && padding.Insert([start + comment], 1);
    }

    /// <summary>As above, for the exception without a place that lines in brackets give.</summary>
    /// <param name="text">The original text.</param>
    /// <param name="padding">Where the blanks go.</param>
    /// <param name="open">The outermost bracket known to be open; null when the parser had not said so yet.</param>
    /// <param name="lastEnd">Where the last value ended.</param>
    public static bool TryMend(string text, YamlPadding padding, int? open, int lastEnd)
    {
        var start = open ?? text.IndexOfAny(['[', '{'], lastEnd);
        return start >= 0
            && Brackets(text, start) is { } end
            && padding.Insert(LineStarts(text, start, end), Column(text, start));
    }

    private static IEnumerable<int> LineStarts(string text, int start, int end)
    {
        for (var i = start; i < end; i++)
        {
            // YAML 1.1 knows three line breaks more.
            if (text[i] is '\n' or '\u0085' or '\u2028' or '\u2029' || (text[i] == '\r' && text[i + 1] != '\n'))
            {
                yield return i + 1;
            }
        }
    }

    // More than the indentation of whatever the value stands in.
    private static int Column(string text, int offset) =>
        offset - (offset == 0 ? -1 : text.LastIndexOfAny(['\n', '\r'], offset - 1));

    private static int? Quoted(string text, int start)
    {
        for (var i = start + 1; i < text.Length; i++)
        {
            if (text[i] == '"')
            {
                return i;
            }

            i += text[i] == '\\' ? 1 : 0;
        }

        return null;
    }

    private static int? Brackets(string text, int start)
    {
        var depth = 0;
        var before = ' ';
        for (var i = start; i < text.Length; i++)
        {
            var c = text[i];
            if (c == '#' && i > 0 && char.IsWhiteSpace(text[i - 1]))
            {
                i = text.AsSpan(i).IndexOfAny('\n', '\r') is >= 0 and var rest ? i + rest - 1 : text.Length;
                continue;
            }

            // A quote opens a text only where a value begins.
            if ((c is '"' or '\'') && (before is '[' or '{' or ',' or ':'))
            {
                if ((c == '"' ? Quoted(text, i) : SingleQuoted(text, i)) is not { } end)
                {
                    return null;
                }

                i = end;
            }

            depth +=
                c is '[' or '{' ? 1
                : c is ']' or '}' ? -1
                : 0;
            if (depth == 0)
            {
                return i;
            }

            before = char.IsWhiteSpace(c) ? before : c;
        }

        return null;
    }

    private static int? SingleQuoted(string text, int start)
    {
        for (var i = start + 1; i < text.Length; i++)
        {
            if (text[i] != '\'')
            {
                continue;
            }

            if (i + 1 >= text.Length || text[i + 1] != '\'')
            {
                return i;
            }

            i++;
        }

        return null;
    }
}
