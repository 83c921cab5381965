using System.Text;
using Analytics.Jinja.Values;
using static Analytics.Jinja.Filters.FilterTable;

namespace Analytics.Jinja.Filters;

/// <summary>Filters for values of any type.</summary>
internal static class ObjectFilters
{
    public static readonly KeyValuePair<string, BuiltIn>[] All =
    [
        .. Named(BuiltIn.Of("default(value, default_value?, boolean?)", Default), "d"),
        .. Named(BuiltIn.Of("attr(obj, name)", Attribute)),
        .. Named(BuiltIn.Of("tojson(value, indent?)", ToJson)),
        .. Named(BuiltIn.Of("pprint(value)", c => PrettyPrinter.Print(c[0]))),
        .. Named(BuiltIn.Of("urlencode(value)", UrlEncode)),
    ];

    private static object? Default(BuiltInCall call) =>
        call[0] is Undefined || (call.Flag(2) && !Truth.Of(call[0])) ? (call.Has(1) ? call[1] : "") : call[0];

    // Unlike the dot this never looks at items.
    private static object? Attribute(BuiltInCall call)
    {
        var name = call.AnyText(1);
        if (call[0] is Undefined undefined)
        {
            return undefined.Captures ? undefined : throw undefined.Error();
        }

        return Attributes.TryAttribute(call[0], name, out var value)
            ? value
            : new Undefined(
                TemplateErrorKind.UndefinedAttribute,
                name,
                $"'{TypeName.Describe(call[0])}' has no attribute {PyText.Repr(name)}",
                captures: call.Context.Options.Undefined == UndefinedBehavior.Capture
            );
    }

    // Jinja makes the text safe inside HTML, whatever it is used for.
    private static string ToJson(BuiltInCall call) =>
        PyJson
            .Dumps(call[0], sortKeys: true, indent: call.IsGiven(1) ? call.Size(1) : null)
            .Replace("<", "\\u003c", StringComparison.Ordinal)
            .Replace(">", "\\u003e", StringComparison.Ordinal)
            .Replace("&", "\\u0026", StringComparison.Ordinal)
            .Replace("'", "\\u0027", StringComparison.Ordinal);

    private static string UrlEncode(BuiltInCall call)
    {
        if (call[0] is string or long or double or bool or null || !Iteration.TryOver(call[0], out _))
        {
            return Quote(call.AnyText(0), true);
        }

        var pairs = call[0] is PyDict dict ? new PyDictView(dict, DictPart.Items) : call[0];
        return string.Join(
            '&',
            Iteration
                .ToList(pairs, call.Context)
                .Select(p => Iteration.Unpack(p, 2, call.Context))
                .Select(p => Quote(PyText.Str(p[0]), false) + "=" + Quote(PyText.Str(p[1]), false))
        );
    }

    private static string Quote(string text, bool keepSlash)
    {
        var builder = new StringBuilder(text.Length);
        foreach (var b in Encoding.UTF8.GetBytes(text))
        {
            var c = (char)b;
            if (char.IsAsciiLetterOrDigit(c) || c is '_' or '.' or '-' or '~' || (c == '/' && keepSlash))
            {
                builder.Append(c);
            }
            else if (c == ' ' && !keepSlash)
            {
                builder.Append('+');
            }
            else
            {
                builder.Append('%').Append(Convert.ToHexString([b]));
            }
        }

        return builder.ToString();
    }
}
