using System.Globalization;
using System.Numerics;
using System.Text;

namespace Analytics.Jinja.Values;

/// <summary>Python's format specification: <c>[[fill]align][sign][#][0][width][grouping][.precision][type]</c>.</summary>
internal sealed class FormatSpec
{
    private string fill = " ";
    private char align;
    private char sign;
    private bool alternate;
    private int width;
    private char grouping;
    private int precision = -1;
    private char type;

    /// <summary>Python's <c>format(value, spec)</c>.</summary>
    public static string Format(object? value, string spec)
    {
        switch (value)
        {
            case IPyFormattable own:
                return own.Format(spec);
            case var _ when spec.Length == 0:
                return PyText.Str(value);
            case string text:
                return Parse(spec, value).FormatText(text);
            case long or bool or BigInteger:
                return Parse(spec, value).FormatInteger(Arithmetic.ToBig(value));
            case double number:
                return Parse(spec, value).FormatFloat(number);
            case Undefined undefined:
                throw undefined.Error();
            default:
                throw PyError.Type($"unsupported format string passed to {TypeName.Of(value)}.__format__");
        }
    }

    private static FormatSpec Parse(string text, object? value)
    {
        var spec = new FormatSpec();
        var at = 0;
        char Peek(int i) => i < text.Length ? text[i] : '\0';
        var fillLength = char.IsHighSurrogate(Peek(0)) ? 2 : 1;
        if (Peek(fillLength) is '<' or '>' or '=' or '^')
        {
            spec.fill = text[..fillLength];
            spec.align = text[fillLength];
            at = fillLength + 1;
        }
        else if (Peek(0) is '<' or '>' or '=' or '^')
        {
            spec.align = text[at++];
        }

        if (Peek(at) is '+' or '-' or ' ')
        {
            spec.sign = text[at++];
        }

        if (Peek(at) == '#')
        {
            spec.alternate = true;
            at++;
        }

        if (Peek(at) == '0')
        {
            spec.fill = at > 1 && spec.align != '\0' && text[fillLength] == spec.align ? spec.fill : "0";
            spec.align =
                spec.align != '\0' ? spec.align
                : value is string ? '<'
                : '=';
            at++;
        }

        spec.width = Math.Max(Number(text, ref at), 0);
        if (Peek(at) is ',' or '_')
        {
            spec.grouping = text[at++];
        }

        if (Peek(at) == '.')
        {
            at++;
            spec.precision = Number(text, ref at);
            if (spec.precision < 0)
            {
                throw PyError.Value("Format specifier missing precision");
            }
        }

        if (at < text.Length)
        {
            spec.type = text[at++];
        }

        if (at < text.Length)
        {
            throw PyError.Value("Invalid format specifier");
        }

        var kind = spec.type == '\0' && value is string ? 's' : spec.type;
        return spec.grouping switch
        {
            ',' when kind is 'b' or 'o' or 'x' or 'X' or 'c' or 'n' or 's' => throw PyError.Value(
                $"Cannot specify ',' with '{kind}'."
            ),
            '_' when kind is 'c' or 'n' or 's' => throw PyError.Value($"Cannot specify '_' with '{kind}'."),
            _ => spec,
        };
    }

    private static int Number(string text, ref int at)
    {
        var start = at;
        long number = 0;
        for (; at < text.Length && char.IsAsciiDigit(text[at]); at++)
        {
            number = Math.Min((number * 10) + text[at] - '0', int.MaxValue);
        }

        return number > TextLimits.MaxWidth ? throw TextLimits.TooWide()
            : at == start ? -1
            : (int)number;
    }

    private string FormatText(string text)
    {
        if (type is not ('\0' or 's'))
        {
            throw UnknownType("str");
        }

        if (sign != '\0' || align == '=')
        {
            throw PyError.Value(
                align == '='
                    ? "'=' alignment not allowed in string format specifier"
                    : "Sign not allowed in string format specifier"
            );
        }

        if (precision >= 0)
        {
            text = text[..PyString.Offset(text, precision)];
        }

        return Pad("", text, '<');
    }

    private string FormatInteger(BigInteger value)
    {
        switch (type)
        {
            case 'e' or 'E' or 'f' or 'F' or 'g' or 'G' or '%':
                return FormatFloat(Arithmetic.ToDouble(value));
            case 'c' when precision < 0:
                return value >= 0 && value <= 0x10ffff && Rune.IsValid((int)value)
                    ? Pad("", new Rune((int)value).ToString(), '<')
                    : throw PyError.Value("%c arg not in range(0x110000)");
        }

        if (precision >= 0)
        {
            throw PyError.Value("Precision not allowed in integer format specifier");
        }

        var magnitude = BigInteger.Abs(value);
        var (digits, prefix, group) = type switch
        {
            '\0' or 'd' or 'n' => (PyText.Str(Boxes.Of(magnitude)), "", 3),
            'b' => (InBase(magnitude, 1), "0b", 4),
            'o' => (InBase(magnitude, 3), "0o", 4),
            'x' => (InBase(magnitude, 4), "0x", 4),
            'X' => (InBase(magnitude, 4).ToUpperInvariant(), "0X", 4),
            _ => throw UnknownType("int"),
        };
        return Numeric(value.Sign < 0, alternate ? prefix : "", digits, "", group);
    }

    /// <summary>The digits of a number in base 2, 8 or 16.</summary>
    public static string InBase(BigInteger value, int bits)
    {
        if (value.IsZero)
        {
            return "0";
        }

        var builder = new StringBuilder();
        for (; !value.IsZero; value >>= bits)
        {
            builder.Insert(0, "0123456789abcdef"[(int)(value & ((1 << bits) - 1))]);
        }

        return builder.ToString();
    }

    private string FormatFloat(double value)
    {
        var magnitude = Math.Abs(value);
        var negative = value < 0 || (value == 0 && double.IsNegative(value));
        string text;
        switch (type)
        {
            case '\0' when precision < 0:
                text = PyFloat.Repr(magnitude);
                break;
            case '\0':
                text = General(magnitude);
                break;
            case 'e' or 'E' or 'f' or 'F' or 'g' or 'G' or 'n':
                var kind = type == 'n' ? 'g' : char.ToLowerInvariant(type);
                text = FloatFormat.Magnitude(magnitude, kind, precision < 0 ? 6 : precision, alternate);
                break;
            case '%':
                text = FloatFormat.Magnitude(magnitude * 100, 'f', precision < 0 ? 6 : precision, alternate) + "%";
                break;
            default:
                throw UnknownType("float");
        }

        if (char.IsUpper(type))
        {
            text = text.ToUpperInvariant();
        }

        var end = 0;
        while (end < text.Length && char.IsAsciiDigit(text[end]))
        {
            end++;
        }

        return Numeric(negative, "", text[..end], text[end..], 3);
    }

    // Without a type a float with a precision is general, but it turns scientific one digit earlier and never looks like
    // an integer.
    private string General(double value)
    {
        var significant = Math.Max(precision, 1);
        var text = FloatFormat.Magnitude(value, 'g', significant, alternate);
        if (!double.IsFinite(value) || text.AsSpan().IndexOfAny('.', 'e') >= 0)
        {
            return text;
        }

        return text.Length < significant
            ? text + ".0"
            : Shortest(FloatFormat.Magnitude(value, 'e', significant - 1, alternate));
    }

    private static string Shortest(string scientific)
    {
        var mark = scientific.IndexOf('e', StringComparison.Ordinal);
        var mantissa = scientific[..mark];
        return (mantissa.Contains('.', StringComparison.Ordinal) ? mantissa.TrimEnd('0').TrimEnd('.') : mantissa)
            + scientific[mark..];
    }

    private string Numeric(bool negative, string prefix, string whole, string rest, int group)
    {
        var lead =
            (
                negative ? "-"
                : sign is '\0' or '-' ? ""
                : sign.ToString()
            ) + prefix;
        if (grouping != '\0' && whole.Length > 0)
        {
            // Zeros that pad are grouped as well: format(1234, '010,') is '00,001,234'.
            var least = fill == "0" && align == '=' ? width - lead.Length - rest.Length : 0;
            whole = Grouped(whole, group, least);
        }

        return Pad(lead, whole + rest, '>');
    }

    private string Grouped(string digits, int group, int least)
    {
        var builder = new StringBuilder(digits);
        var count = 0;
        for (var i = digits.Length; i > 0; i--)
        {
            if (count > 0 && count % group == 0)
            {
                builder.Insert(i, grouping);
            }

            count++;
        }

        while (builder.Length < least)
        {
            if (count % group == 0)
            {
                builder.Insert(0, grouping);
            }

            builder.Insert(0, '0');
            count++;
        }

        return builder.ToString();
    }

    private string Pad(string lead, string body, char ifAbsent)
    {
        var missing = width - PyString.Length(body) - lead.Length;
        if (missing <= 0)
        {
            return lead + body;
        }

        string Fill(int count) => string.Concat(Enumerable.Repeat(fill, count));
        return (align == '\0' ? ifAbsent : align) switch
        {
            '<' => lead + body + Fill(missing),
            '^' => Fill(missing / 2) + lead + body + Fill(missing - (missing / 2)),
            '=' => lead + Fill(missing) + body,
            _ => Fill(missing) + lead + body,
        };
    }

    private PyError UnknownType(string of) =>
        PyError.Value(
            string.Create(CultureInfo.InvariantCulture, $"Unknown format code '{type}' for object of type '{of}'")
        );
}
