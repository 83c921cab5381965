using System.Globalization;
using System.Numerics;
using System.Text;

namespace Analytics.Jinja.Values;

/// <summary>Python's <c>text % arguments</c>.</summary>
internal sealed class PercentFormat
{
    private readonly string format;
    private readonly object? arguments;
    private readonly StringBuilder output;
    private int position;
    private int nextArgument;
    private bool usedMapping;

    private PercentFormat(string format, object? arguments)
    {
        this.format = format;
        output = new StringBuilder(format.Length + 64);
        this.arguments = arguments;
    }

    public static string Apply(string format, object? arguments)
    {
        var run = new PercentFormat(format, arguments);
        run.Run();
        return run.output.ToString();
    }

    public static string ToAscii(string text)
    {
        var builder = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            builder.Append(
                rune.IsAscii ? rune.ToString()
                : rune.Value <= 0xff ? "\\x" + rune.Value.ToString("x2", CultureInfo.InvariantCulture)
                : rune.IsBmp ? "\\u" + rune.Value.ToString("x4", CultureInfo.InvariantCulture)
                : "\\U" + rune.Value.ToString("x8", CultureInfo.InvariantCulture)
            );
        }

        return builder.ToString();
    }

    private void Run()
    {
        while (position < format.Length)
        {
            var mark = format.IndexOf('%', position);
            if (mark < 0)
            {
                output.Append(format, position, format.Length - position);
                break;
            }

            output.Append(format, position, mark - position);
            position = mark + 1;
            Item();
        }

        var count = arguments is PyTuple tuple ? tuple.Count : 1;
        if (!usedMapping && nextArgument < count && arguments is not (PyDict or PyList or Undefined))
        {
            throw PyError.Type("not all arguments converted during string formatting");
        }
    }

    private void Item()
    {
        // '%s' and '%d' without more, of a text or an integer, are nearly all there is.
        if (Peek() is 's' or 'd')
        {
            var value = NextArgument();
            var type = format[position++];
            if (value is long number)
            {
                output.Append(CultureInfo.InvariantCulture, $"{number}");
            }
            else if (type == 's' && value is string text)
            {
                output.Append(text);
            }
            else
            {
                Pad(Convert(type, value, "", -1), "", -1, type);
            }

            return;
        }

        Specified();
    }

    private void Specified()
    {
        object? mapped = null;
        var isMapped = Peek() == '(';
        if (isMapped)
        {
            mapped = Mapped();
        }

        var flags = "";
        while (Peek() is '#' or '0' or '-' or ' ' or '+')
        {
            flags += format[position++];
        }

        var width = Number();
        var precision = -1;
        if (Peek() == '.')
        {
            position++;
            precision = Math.Max(Number(), 0);
        }

        while (Peek() is 'h' or 'l' or 'L')
        {
            position++;
        }

        if (position >= format.Length)
        {
            throw PyError.Value("incomplete format");
        }

        // Only "%%" is a percent sign: with anything between, '%' is no type.
        var isPlain = format[position - 1] == '%';
        var type = format[position++];
        if (type == '%' && isPlain)
        {
            output.Append('%');
            return;
        }

        var value = isMapped ? mapped : NextArgument();

        Pad(Convert(type, value, flags, precision), flags, width, type);
    }

    private char Peek() => position < format.Length ? format[position] : '\0';

    private object? Mapped()
    {
        var depth = 0;
        var start = position + 1;
        for (; position < format.Length; position++)
        {
            depth +=
                format[position] == '(' ? 1
                : format[position] == ')' ? -1
                : 0;
            if (depth == 0)
            {
                break;
            }
        }

        if (position >= format.Length)
        {
            throw PyError.Value("incomplete format key");
        }

        var key = format[start..position++];
        usedMapping = true;
        if (arguments is not PyDict dict)
        {
            throw PyError.Type("format requires a mapping");
        }

        return dict.TryGet(key, out var value)
            ? value
            : throw PyError.Value($"the text has a field '{key}' that was not passed");
    }

    private int Number()
    {
        if (Peek() == '*')
        {
            position++;
            return NextArgument() is long number and >= 0 and <= TextLimits.MaxWidth
                ? (int)number
                : throw PyError.Type("* wants int");
        }

        var start = position;
        while (char.IsAsciiDigit(Peek()))
        {
            position++;
        }

        if (position == start)
        {
            return -1;
        }

        return
            int.TryParse(format.AsSpan(start, position - start), CultureInfo.InvariantCulture, out var value)
            && value <= TextLimits.MaxWidth
            ? value
            : throw TextLimits.TooWide();
    }

    private object? NextArgument()
    {
        if (arguments is PyTuple tuple)
        {
            return nextArgument < tuple.Count
                ? tuple[nextArgument++]
                : throw PyError.Type("not enough arguments for format string");
        }

        return nextArgument++ == 0 ? arguments : throw PyError.Type("not enough arguments for format string");
    }

    // Sign and digits of a number, or a text.
    private static (string Lead, string Body) Convert(char type, object? value, string flags, int precision)
    {
        switch (type)
        {
            case 's' or 'r' or 'a':
                var text = type == 's' ? PyText.Str(value) : PyText.Repr(value);
                text = type == 'a' ? ToAscii(text) : text;
                return ("", precision >= 0 ? text[..PyString.Offset(text, precision)] : text);
            case 'c':
                return ("", Character(value));
            case 'd' or 'i' or 'u' or 'x' or 'X' or 'o':
                return Integer(type, value, flags, precision);
            case 'e' or 'E' or 'f' or 'F' or 'g' or 'G':
                return Float(type, value, flags, precision);
            default:
                throw PyError.Value($"unsupported format character '{type}' (0x{(int)type:x})");
        }
    }

    private static string Character(object? value) =>
        value switch
        {
            string text when PyString.Length(text) == 1 => text,
            bool flag => flag ? "\u0001" : "\0",
            long code and >= 0 and <= 0x10ffff when Rune.IsValid((int)code) => new Rune((int)code).ToString(),
            _ => throw PyError.Type("%c requires int or char"),
        };

    private static (string Lead, string Body) Integer(char type, object? value, string flags, int precision)
    {
        var number = value switch
        {
            long or bool or BigInteger => Arithmetic.ToBig(value),
            double real when type is 'd' or 'i' or 'u' && double.IsFinite(real) => new BigInteger(Math.Truncate(real)),
            Undefined undefined => throw undefined.Error(),
            _ => throw PyError.Type($"%{type} format: a real number is required, not {TypeName.Of(value)}"),
        };
        var magnitude = BigInteger.Abs(number);
        var (digits, prefix) = type switch
        {
            'x' => (FormatSpec.InBase(magnitude, 4), "0x"),
            'X' => (FormatSpec.InBase(magnitude, 4).ToUpperInvariant(), "0X"),
            'o' => (FormatSpec.InBase(magnitude, 3), "0o"),
            _ => (PyText.Str(Boxes.Of(magnitude)), ""),
        };
        var lead = Sign(number.Sign < 0, flags) + (flags.Contains('#', StringComparison.Ordinal) ? prefix : "");
        return (lead, precision > 0 ? digits.PadLeft(precision, '0') : digits);
    }

    private static (string Lead, string Body) Float(char type, object? value, string flags, int precision)
    {
        if (value is Undefined undefined)
        {
            throw undefined.Error();
        }

        if (!Ordering.IsNumber(value))
        {
            throw PyError.Type($"must be real number, not {TypeName.Of(value)}");
        }

        var number = Arithmetic.ToDouble(value!);
        var text = FloatFormat.Magnitude(
            Math.Abs(number),
            char.ToLowerInvariant(type),
            precision < 0 ? 6 : precision,
            flags.Contains('#', StringComparison.Ordinal)
        );
        var lead = Sign(double.IsNegative(number) && !double.IsNaN(number), flags);
        return (lead, char.IsUpper(type) ? text.ToUpperInvariant() : text);
    }

    private static string Sign(bool negative, string flags) =>
        negative ? "-"
        : flags.Contains('+', StringComparison.Ordinal) ? "+"
        : flags.Contains(' ', StringComparison.Ordinal) ? " "
        : "";

    private void Pad((string Lead, string Body) item, string flags, int width, char type)
    {
        var missing = width - item.Lead.Length - PyString.Length(item.Body);
        if (missing <= 0)
        {
            output.Append(item.Lead).Append(item.Body);
        }
        else if (flags.Contains('-', StringComparison.Ordinal))
        {
            output.Append(item.Lead).Append(item.Body).Append(' ', missing);
        }
        else if (flags.Contains('0', StringComparison.Ordinal) && type is not ('s' or 'r' or 'a' or 'c'))
        {
            output.Append(item.Lead).Append('0', missing).Append(item.Body);
        }
        else
        {
            output.Append(' ', missing).Append(item.Lead).Append(item.Body);
        }
    }
}
