using System.Collections.Frozen;
using System.Text.RegularExpressions;
using Analytics.Jinja.Values;

namespace Analytics.Jinja.Modules.Regexes;

/// <summary>Python's match object.</summary>
internal sealed class PyMatch(Match match, PyPattern pattern, string text) : IPyObject, IPyIndexed
{
    private static readonly FrozenDictionary<string, BuiltIn> Methods = Values.Methods.Table(
        BuiltIn.Of("group(self, *)", GroupsOf),
        BuiltIn.Of("groups(self, default?)", c => Self(c).Groups(c[1])),
        BuiltIn.Of("groupdict(self, default?)", c => Self(c).GroupDict(c[1])),
        BuiltIn.Of("start(self, group?)", c => Boxes.Of(Self(c).Span(c, false))),
        BuiltIn.Of("end(self, group?)", c => Boxes.Of(Self(c).Span(c, true))),
        BuiltIn.Of(
            "span(self, group?)",
            c => new PyTuple([Boxes.Of(Self(c).Span(c, false)), Boxes.Of(Self(c).Span(c, true))])
        ),
        BuiltIn.Of("expand(self, template)", c => Replacement.Expand(c.Text(1), Self(c)))
    );

    public string TypeName => "re.Match";

    public PyTuple Groups(object? absent) =>
        new(
            Enumerable
                .Range(1, pattern.GroupCount)
                .Select(i => match.Groups[i].Success ? match.Groups[i].Value : absent)
        );

    /// <summary>A group by number or name; null when it took no part.</summary>
    public string? Group(object? key)
    {
        var group = Find(key);
        return group.Success ? group.Value : null;
    }

    public string Repr() =>
        $"<re.Match object; span=({PyString.CodePointIndex(text, match.Index)}, {PyString.CodePointIndex(text, match.Index + match.Length)}), match={PyText.Repr(match.Value)}>";

    public bool TryGetAttribute(string name, out object? value)
    {
        value = name switch
        {
            "string" => text,
            "re" => pattern,
            _ => Methods.TryGetValue(name, out var method) ? new BoundMethod(method, this) : null,
        };
        return value is not null;
    }

    public bool TryGetItem(object? key, out object? value)
    {
        value = key is long or string ? Group(key) : null;
        return key is long or string;
    }

    private static PyMatch Self(BuiltInCall call) => (PyMatch)call[0]!;

    private static object? GroupsOf(BuiltInCall call) =>
        call.MorePositional switch
        {
            [] => Self(call).Group(0L),
            [var key] => Self(call).Group(key),
            var keys => new PyTuple(keys.Select(object? (k) => Self(call).Group(k))),
        };

    private PyDict GroupDict(object? absent) =>
        new(
            pattern
                .Names.OrderBy(n => n.Value)
                .Select(n => KeyValuePair.Create((object?)n.Key, Group((long)n.Value) ?? absent))
        );

    private int Span(BuiltInCall call, bool end)
    {
        var group = Find(call.Has(1) ? call[1] : 0L);
        return group.Success ? PyString.CodePointIndex(text, end ? group.Index + group.Length : group.Index) : -1;
    }

    private Group Find(object? key) =>
        key switch
        {
            long number when number >= 0 && number <= pattern.GroupCount => match.Groups[(int)number],
            string name when pattern.Names.TryGetValue(name, out var number) => match.Groups[number],
            _ => throw PyError.Value("no such group"),
        };
}
