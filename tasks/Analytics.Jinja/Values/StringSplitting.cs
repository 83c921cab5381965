using System.Text;
using Analytics.Jinja.Lexing;

namespace Analytics.Jinja.Values;

/// <summary>The methods of Python's str that cut a text into parts.</summary>
internal static class StringSplitting
{
    public static PyList Split(BuiltInCall call)
    {
        var text = (string)call[0]!;
        var limit = call.Integer(2, -1);
        if (!call.IsGiven(1))
        {
            return new PyList(Words(text, limit));
        }

        var separator = Separator(call);
        return new PyList(text.Split(separator, limit < 0 ? int.MaxValue : (int)Math.Min(limit + 1, int.MaxValue)));
    }

    public static PyList SplitRight(BuiltInCall call)
    {
        var text = (string)call[0]!;
        var limit = call.Integer(2, -1);
        var parts = new List<object?>();
        if (!call.IsGiven(1))
        {
            var reversed = Words(Reversed(text), limit);
            reversed.Reverse();
            return new PyList(reversed.Select(object? (w) => Reversed((string)w!)));
        }

        var separator = Separator(call);
        for (; limit != 0; limit--)
        {
            var at = text.LastIndexOf(separator, StringComparison.Ordinal);
            if (at < 0)
            {
                break;
            }

            parts.Add(text[(at + separator.Length)..]);
            text = text[..at];
        }

        parts.Add(text);
        parts.Reverse();
        return new PyList(parts);
    }

    public static PyList SplitLines(BuiltInCall call) => new(Lines((string)call[0]!, call.Flag(1)));

    /// <summary>The lines by Python's idea of line ends.</summary>
    public static List<object?> Lines(string text, bool keepEnds = false)
    {
        var lines = new List<object?>();
        var start = 0;
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] is '\n' or '\r' or '\v' or '\f' or '\x1c' or '\x1d' or '\x1e' or '\x85' or '\u2028' or '\u2029')
            {
                var end = i;
                i += text[i] == '\r' && i + 1 < text.Length && text[i + 1] == '\n' ? 1 : 0;
                lines.Add(text[start..(keepEnds ? i + 1 : end)]);
                start = i + 1;
            }
        }

        if (start < text.Length)
        {
            lines.Add(text[start..]);
        }

        return lines;
    }

    public static PyTuple Partition(BuiltInCall call)
    {
        var text = (string)call[0]!;
        var separator = Separator(call);
        var at = text.IndexOf(separator, StringComparison.Ordinal);
        return at < 0
            ? new PyTuple([text, "", ""])
            : new PyTuple([text[..at], separator, text[(at + separator.Length)..]]);
    }

    public static PyTuple PartitionRight(BuiltInCall call)
    {
        var text = (string)call[0]!;
        var separator = Separator(call);
        var at = text.LastIndexOf(separator, StringComparison.Ordinal);
        return at < 0
            ? new PyTuple(["", "", text])
            : new PyTuple([text[..at], separator, text[(at + separator.Length)..]]);
    }

    public static string ExpandTabs(string text, int size)
    {
        var builder = new StringBuilder(text.Length);
        var column = 0;
        foreach (var c in text)
        {
            if (c == '\t')
            {
                var spaces = size > 0 ? size - (column % size) : 0;
                builder.Append(' ', spaces);
                column += spaces;
            }
            else
            {
                builder.Append(c);
                column = c is '\n' or '\r' ? 0 : column + 1;
            }
        }

        return builder.ToString();
    }

    private static string Separator(BuiltInCall call) =>
        call.Text(1) is { Length: > 0 } separator ? separator : throw PyError.Value("empty separator");

    private static string Reversed(string text)
    {
        var characters = text.ToCharArray();
        Array.Reverse(characters);
        return new string(characters);
    }

    private static List<object?> Words(string text, long limit)
    {
        var words = new List<object?>();
        var at = PyChars.TrimStart(text, 0, text.Length);
        while (at < text.Length)
        {
            if (limit >= 0 && words.Count == limit)
            {
                words.Add(text[at..PyChars.TrimEnd(text, at, text.Length)]);
                break;
            }

            var end = at;
            while (end < text.Length && !PyChars.IsSpace(text[end]))
            {
                end++;
            }

            words.Add(text[at..end]);
            at = PyChars.TrimStart(text, end, text.Length);
        }

        return words;
    }
}
