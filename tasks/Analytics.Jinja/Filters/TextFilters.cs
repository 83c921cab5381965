using System.Text;
using Analytics.Jinja.Lexing;
using Analytics.Jinja.Values;
using static Analytics.Jinja.Filters.FilterTable;

namespace Analytics.Jinja.Filters;

/// <summary>Filters that make a text of a text. Like Jinja's they turn any value into its text first.</summary>
internal static class TextFilters
{
    public static readonly KeyValuePair<string, BuiltIn>[] All =
    [
        .. Named(BuiltIn.OfValue("upper(s)", v => PyCase.ToUpper(PyText.Str(v)))),
        .. Named(BuiltIn.OfValue("lower(s)", v => PyCase.ToLower(PyText.Str(v)))),
        .. Named(BuiltIn.OfValue("capitalize(s)", v => PyCase.Capitalize(PyText.Str(v)))),
        .. Named(BuiltIn.OfValue("title(s)", v => Title(PyText.Str(v)))),
        .. Named(BuiltIn.OfValue("string(object)", PyText.Str)),
        .. Named(BuiltIn.Of("trim(value, chars?)", Trim)),
        .. Named(BuiltIn.Of("replace(s, old, new, count?)", Replace)),
        .. Named(BuiltIn.Of("center(value, width?)", Center)),
        .. Named(BuiltIn.Of("indent(s, width?, first?, blank?)", Indent)),
        .. Named(BuiltIn.Of("format(value, *, **)", Format)),
        .. Named(BuiltIn.Of("truncate(s, length?, killwords?, end?, leeway?)", Truncate)),
        .. Named(BuiltIn.OfValue("wordcount(s)", v => Boxes.Of(WordCount(PyText.Str(v))))),
        .. Named(BuiltIn.Of("wordwrap(s, width?, break_long_words?, wrapstring?, break_on_hyphens?)", WordWrap)),
    ];

    private static string Trim(BuiltInCall call)
    {
        var text = call.AnyText(0);
        var (start, end) = StringMethods.StripRange(text, call.IsGiven(1) ? call.Text(1) : null, true, true);
        return call.Context.Part(text, start, end - start);
    }

    private static string Replace(BuiltInCall call) =>
        StringMethods.Replace(call.AnyText(0), call.AnyText(1), call.AnyText(2), call.Integer(3, -1), call.Context);

    // Words begin after white space, a hyphen or an opening bracket.
    private static string Title(string text)
    {
        var builder = new StringBuilder(text.Length);
        var start = 0;
        for (var i = 0; i <= text.Length; i++)
        {
            if (i == text.Length || text[i] is '-' or '(' or '{' or '[' or '<' || PyChars.IsSpace(text[i]))
            {
                AppendWord(builder, text[start..i]);
                if (i < text.Length)
                {
                    builder.Append(text[i]);
                }

                start = i + 1;
            }
        }

        return builder.ToString();
    }

    // Its first letter is in upper case, not in title case: the filter differs from str.title() here.
    private static void AppendWord(StringBuilder builder, string word)
    {
        var first = PyString.Offset(word, 1);
        builder.Append(PyCase.ToUpper(word[..first])).Append(PyCase.ToLower(word[first..]));
    }

    private static string Center(BuiltInCall call)
    {
        var text = call.AnyText(0);
        var width = call.Size(1, 80);
        var missing = width - PyString.Length(text);
        var before = (missing / 2) + (missing & width & 1);
        return missing <= 0 ? text : new string(' ', before) + text + new string(' ', missing - before);
    }

    private static string Indent(BuiltInCall call)
    {
        var text = call.Text(0);
        var indention = call[1] is string prefix ? prefix : new string(' ', Math.Max(call.Size(1, 4), 0));
        var lines = StringSplitting.Lines(text + "\n").Select(l => (string)l!).ToList();
        call.Context.ChargeText(text.Length + ((long)lines.Count * indention.Length));
        var result = string.Join(
            '\n',
            lines.Select((line, i) => i == 0 || (line.Length == 0 && !call.Flag(3)) ? line : indention + line)
        );
        return call.Flag(2) ? indention + result : result;
    }

    private static string Format(BuiltInCall call)
    {
        if (call.MorePositional.Length > 0 && call.MoreNamed.Length > 0)
        {
            throw PyError.Argument("can't handle positional and keyword arguments at the same time");
        }

        object arguments = new PyTuple(call.MorePositional);
        if (call.MoreNamed.Length > 0)
        {
            arguments = new PyDict(call.MoreNamed.Select(n => KeyValuePair.Create((object?)n.Key, n.Value)));
        }

        return PercentFormat.Apply(call.AnyText(0), arguments);
    }

    private static string Truncate(BuiltInCall call)
    {
        var text = call.AnyText(0);
        var length = call.Size(1, 255);
        var end = call.Text(3, "...");
        var leeway = call.Size(4, 5);
        var count = PyString.Length(text);
        if (length < PyString.Length(end))
        {
            throw PyError.Value($"expected length >= {PyString.Length(end)}, got {length}");
        }

        if (leeway < 0)
        {
            throw PyError.Value($"expected leeway >= 0, got {leeway}");
        }

        if (count <= (long)length + leeway)
        {
            return text;
        }

        var kept = text[..PyString.Offset(text, length - PyString.Length(end))];
        if (!call.Flag(2))
        {
            var space = kept.LastIndexOf(' ');
            kept = space < 0 ? kept : kept[..space];
        }

        return kept + end;
    }

    private static int WordCount(string text)
    {
        var count = 0;
        for (var i = 0; i < text.Length; i++)
        {
            if (PyChars.IsNamePart(text[i]) && (i == 0 || !PyChars.IsNamePart(text[i - 1])))
            {
                count++;
            }
        }

        return count;
    }

    private static string WordWrap(BuiltInCall call)
    {
        var width = call.Size(1, 79);
        if (width <= 0)
        {
            throw PyError.Value($"invalid width {width} (must be > 0)");
        }

        var separator = call.Text(3, "\n");
        return string.Join(
            separator,
            StringSplitting
                .Lines(call.Text(0))
                .Select(l =>
                    string.Join(separator, LineWrapper.Wrap((string)l!, width, call.Flag(2, true), call.Flag(4, true)))
                )
        );
    }
}
