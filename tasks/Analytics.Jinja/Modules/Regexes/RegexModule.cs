using System.Collections.Frozen;
using System.Text;
using System.Text.RegularExpressions;
using Analytics.Jinja.Values;

namespace Analytics.Jinja.Modules.Regexes;

/// <summary>Python's module re.</summary>
internal static class RegexModule
{
    /// <summary>The functions, whose first argument is a pattern; they are the methods of a compiled pattern too.</summary>
    public static readonly FrozenDictionary<string, BuiltIn> Functions = Methods.Table(
        BuiltIn.Of("compile(pattern, flags?)", c => PyPattern.Of(c[0], c.Integer(1, 0))),
        BuiltIn.Of("match(pattern, string, flags?)", c => First(c, p => p.AtStart)),
        BuiltIn.Of("fullmatch(pattern, string, flags?)", c => First(c, p => p.Whole)),
        BuiltIn.Of("search(pattern, string, flags?)", c => First(c, p => p.Regex)),
        BuiltIn.Of("findall(pattern, string, flags?)", c => new PyList(Matches(c).Select(Found(c)))),
        BuiltIn.Of(
            "finditer(pattern, string, flags?)",
            c => new EnumerableIterator(Matches(c).Select(object? (m) => Wrap(c, m)))
        ),
        BuiltIn.Of("sub(pattern, repl, string, count?, flags?)", c => Substitute(c).Text),
        BuiltIn.Of(
            "subn(pattern, repl, string, count?, flags?)",
            c => Substitute(c) is var (text, count) ? new PyTuple([text, Boxes.Of(count)]) : null
        ),
        BuiltIn.Of("split(pattern, string, maxsplit?, flags?)", Split)
    );

    public static PyModule Create()
    {
        var members = Functions.ToDictionary(f => f.Key, object? (f) => f.Value, StringComparer.Ordinal);
        members["escape"] = BuiltIn.Of("escape(pattern)", c => Escape(c.Text(0)));
        foreach (var (names, value) in Flags)
        {
            foreach (var name in names)
            {
                members[name] = Boxes.Of(value);
            }
        }

        return new PyModule("re", members);
    }

    private static readonly (string[] Names, long Value)[] Flags =
    [
        (["I", "IGNORECASE"], PyPattern.IgnoreCase),
        (["M", "MULTILINE"], PyPattern.MultiLine),
        (["S", "DOTALL"], PyPattern.DotAll),
        (["X", "VERBOSE"], PyPattern.Verbose),
        (["A", "ASCII"], PyPattern.Ascii),
        (["U", "UNICODE"], 32),
        (["NOFLAG"], 0),
    ];

    private static PyPattern Pattern(BuiltInCall call, int flags = 2) => PyPattern.Of(call[0], call.Integer(flags, 0));

    private static PyMatch Wrap(BuiltInCall call, Match match) => new(match, Pattern(call), call.Text(1));

    private static PyMatch? First(BuiltInCall call, Func<PyPattern, Regex> form)
    {
        var text = call.Text(1);
        var pattern = Pattern(call);
        var match = pattern.Bounded(_ => form(pattern).Match(text));
        return match.Success ? new PyMatch(match, pattern, text) : null;
    }

    private static List<Match> Matches(BuiltInCall call)
    {
        var text = call.Text(1);
        return Pattern(call).Bounded(r => r.Matches(text).ToList());
    }

    private static Func<Match, object?> Found(BuiltInCall call)
    {
        var pattern = Pattern(call);
        return match =>
            pattern.GroupCount switch
            {
                0 => match.Value,
                1 => match.Groups[1].Value,
                _ => new PyTuple(Enumerable.Range(1, pattern.GroupCount).Select(object? (i) => match.Groups[i].Value)),
            };
    }

    private static (string Text, long Count) Substitute(BuiltInCall call)
    {
        var pattern = Pattern(call, 4);
        var text = call.Text(2);
        var limit = call.Integer(3, 0);
        var matches = pattern.Bounded(r => r.Matches(text).ToList());
        var result = new StringBuilder(text.Length);
        var end = 0;
        long count = 0;
        foreach (var match in matches)
        {
            if (limit > 0 && count == limit)
            {
                break;
            }

            count++;
            result.Append(text, end, match.Index - end);
            var wrapped = new PyMatch(match, pattern, text);
            result.Append(
                call[1] is string template ? Replacement.Expand(template, wrapped)
                : call[1] is ICallable function ? PyText.Str(call.Apply(function, wrapped))
                : throw PyError.Type("the replacement must be a text or a function")
            );
            call.Context.ChargeText(result.Length);
            end = match.Index + match.Length;
        }

        return (result.Append(text, end, text.Length - end).ToString(), count);
    }

    private static PyList Split(BuiltInCall call)
    {
        var pattern = Pattern(call, 3);
        var text = call.Text(1);
        var limit = call.Integer(2, 0);
        var parts = new List<object?>();
        var end = 0;
        var count = 0;
        foreach (var match in pattern.Bounded(r => r.Matches(text).ToList()))
        {
            if (limit > 0 && count == limit)
            {
                break;
            }

            count++;
            parts.Add(text[end..match.Index]);
            for (var i = 1; i <= pattern.GroupCount; i++)
            {
                parts.Add(match.Groups[i].Success ? match.Groups[i].Value : null);
            }

            end = match.Index + match.Length;
        }

        parts.Add(text[end..]);
        return new PyList(parts);
    }

    private static string Escape(string text)
    {
        var builder = new StringBuilder(text.Length);
        foreach (var c in text)
        {
            if ("()[]{}?*+-|^$\\.&~# \t\n\r\v\f".Contains(c, StringComparison.Ordinal))
            {
                builder.Append('\\');
            }

            builder.Append(c);
        }

        return builder.ToString();
    }
}
