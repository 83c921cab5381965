using System.Globalization;
using System.Numerics;
using System.Text;

namespace Analytics.Jinja.Values;

/// <summary>Values as text, as Python writes them.</summary>
public static class PyText
{
    private const int MaxDigits = 4300;

    /// <summary>Python's <c>str()</c>: what printing a value gives. An undefined value gives the empty text.</summary>
    public static string Str(object? value) =>
        value switch
        {
            string text => text,
            null => "None",
            bool flag => flag ? "True" : "False",
            long number => number.ToString(CultureInfo.InvariantCulture),
            Undefined => "",
            IPyObject known => known.Str(),
            IHostObject host => host.AsText(),
            _ => Repr(value),
        };

    /// <summary>Python's <c>repr()</c>: how a value looks inside a printed list.</summary>
    public static string Repr(object? value)
    {
        switch (value)
        {
            case string text:
                return Quote(text);
            case double number:
                return PyFloat.Repr(number);
            case BigInteger number:
                return Digits(number);
            case PyList or PyTuple or PyDict or PySet:
                var builder = new StringBuilder();
                Append(builder, value, []);
                return builder.ToString();
            case Undefined:
                return "Undefined";
            case IPyObject known:
                return known.Repr();
            case IHostObject host:
                return host.AsRepr();
            case ICallable callable:
                return $"<function {callable.Name}>";
            case null or bool or long:
                return Str(value);
            default:
                return Convert.ToString(value, CultureInfo.InvariantCulture) ?? "";
        }
    }

    internal static string Quote(string text) =>
        IsSimple(text) ? $"'{text}'" : AppendQuoted(new StringBuilder(text.Length + 2), text).ToString();

    private static bool IsSimple(string text) =>
        text.AsSpan().IndexOfAnyExceptInRange(' ', '~') < 0 && text.AsSpan().IndexOfAny('\'', '\\') < 0;

    private static StringBuilder AppendQuoted(StringBuilder builder, string text)
    {
        if (IsSimple(text))
        {
            return builder.Append('\'').Append(text).Append('\'');
        }

        var quote =
            text.Contains('\'', StringComparison.Ordinal) && !text.Contains('"', StringComparison.Ordinal) ? '"' : '\'';
        builder.Append(quote);
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (c == quote || c == '\\')
            {
                builder.Append('\\').Append(c);
            }
            else if (c == '\n')
            {
                builder.Append("\\n");
            }
            else if (c == '\r')
            {
                builder.Append("\\r");
            }
            else if (c == '\t')
            {
                builder.Append("\\t");
            }
            else if (c < ' ' || c == 0x7f)
            {
                builder.Append("\\x").Append(((int)c).ToString("x2", CultureInfo.InvariantCulture));
            }
            else if (c < 0x7f)
            {
                builder.Append(c);
            }
            else if (char.IsHighSurrogate(c) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]))
            {
                AppendRune(builder, new Rune(c, text[++i]));
            }
            else if (char.IsSurrogate(c))
            {
                builder.Append("\\u").Append(((int)c).ToString("x4", CultureInfo.InvariantCulture));
            }
            else
            {
                AppendRune(builder, new Rune(c));
            }
        }

        return builder.Append(quote);
    }

    /// <summary>Python escapes what it calls not printable: controls, separators except the space, unassigned code points.</summary>
    internal static bool IsPrintable(Rune rune) =>
        rune.Value == ' '
        || Rune.GetUnicodeCategory(rune)
            is not (
                UnicodeCategory.Control
                or UnicodeCategory.Format
                or UnicodeCategory.Surrogate
                or UnicodeCategory.PrivateUse
                or UnicodeCategory.OtherNotAssigned
                or UnicodeCategory.LineSeparator
                or UnicodeCategory.ParagraphSeparator
                or UnicodeCategory.SpaceSeparator
            );

    private static void AppendRune(StringBuilder builder, Rune rune)
    {
        if (IsPrintable(rune))
        {
            builder.Append(rune.ToString());
        }
        else if (rune.Value <= 0xff)
        {
            builder.Append("\\x").Append(rune.Value.ToString("x2", CultureInfo.InvariantCulture));
        }
        else if (rune.IsBmp)
        {
            builder.Append("\\u").Append(rune.Value.ToString("x4", CultureInfo.InvariantCulture));
        }
        else
        {
            builder.Append("\\U").Append(rune.Value.ToString("x8", CultureInfo.InvariantCulture));
        }
    }

    private static string Digits(BigInteger number)
    {
        // Python refuses as well: the conversion takes quadratic time.
        if (number.GetBitLength() > MaxDigits * 3.33)
        {
            throw PyError.Value($"Exceeds the limit ({MaxDigits} digits) for integer string conversion");
        }

        return number.ToString(CultureInfo.InvariantCulture);
    }

    private static void Append(StringBuilder builder, object? value, List<object> open)
    {
        switch (value)
        {
            case string text:
                AppendQuoted(builder, text);
                return;
            case not (PyList or PyTuple or PyDict or PySet):
                builder.Append(Repr(value));
                return;
        }

        PyError.GuardStack();
        foreach (var outer in open)
        {
            if (ReferenceEquals(outer, value))
            {
                builder.Append(
                    value is PyDict or PySet ? "{...}"
                    : value is PyTuple ? "(...)"
                    : "[...]"
                );
                return;
            }
        }

        open.Add(value);
        switch (value)
        {
            case PyList list:
                AppendItems(builder.Append('['), list.Items, open).Append(']');
                break;
            case PyTuple tuple:
                AppendItems(builder.Append('('), tuple.Items, open).Append(tuple.Count == 1 ? ",)" : ")");
                break;
            case PySet { Count: 0 }:
                builder.Append("set()");
                break;
            case PySet set:
                AppendItems(builder.Append('{'), [.. set], open).Append('}');
                break;
            case PyDict dict:
                AppendEntries(builder.Append('{'), dict, open).Append('}');
                break;
        }

        open.RemoveAt(open.Count - 1);
    }

    private static StringBuilder AppendItems(StringBuilder builder, IReadOnlyList<object?> items, List<object> open)
    {
        for (var i = 0; i < items.Count; i++)
        {
            Append(i == 0 ? builder : builder.Append(", "), items[i], open);
        }

        return builder;
    }

    private static StringBuilder AppendEntries(StringBuilder builder, PyDict dict, List<object> open)
    {
        for (var i = 0; i < dict.Count; i++)
        {
            Append(i == 0 ? builder : builder.Append(", "), dict.KeyAt(i), open);
            Append(builder.Append(": "), dict.ValueAt(i), open);
        }

        return builder;
    }
}
