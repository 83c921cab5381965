using System.Globalization;
using System.Numerics;
using Analytics.Jinja.Lexing;
using Analytics.Jinja.Tree.Expressions;
using Analytics.Jinja.Values;
using static Analytics.Jinja.Filters.FilterTable;

namespace Analytics.Jinja.Filters;

/// <summary>Filters that read and round numbers.</summary>
internal static class NumberFilters
{
    private static readonly string[] Decimal = ["kB", "MB", "GB", "TB", "PB", "EB", "ZB", "YB"];
    private static readonly string[] Binary = ["KiB", "MiB", "GiB", "TiB", "PiB", "EiB", "ZiB", "YiB"];

    public static readonly KeyValuePair<string, BuiltIn>[] All =
    [
        .. Named(BuiltIn.Of("abs(x)", Abs)),
        .. Named(BuiltIn.Of("int(value, default?, base?)", Integer)),
        .. Named(BuiltIn.Of("float(value, default?)", Float)),
        .. Named(BuiltIn.Of("round(value, precision?, method?)", Round)),
        .. Named(BuiltIn.Of("filesizeformat(value, binary?)", FileSize)),
    ];

    private static object? Abs(BuiltInCall call) =>
        call[0] switch
        {
            Undefined undefined => throw undefined.Error(),
            double number => Math.Abs(number),
            long or bool or BigInteger => Boxes.Of(BigInteger.Abs(Arithmetic.ToBig(call[0]!))),
            IPyOperand value when value.TryApply(BinaryOperator.Multiply, -1L, true, out var negated) =>
                Ordering.Compare(call[0], negated, "<") < 0 ? negated : call[0],
            _ => throw PyError.Type($"bad operand type for abs(): '{TypeName.Of(call[0])}'"),
        };

    private static object? Integer(BuiltInCall call)
    {
        var fallback = call.Has(1) ? call[1] : Boxes.Of(0L);
        switch (call[0])
        {
            case Undefined undefined:
                throw undefined.Error();
            case long or bool or BigInteger:
                return Boxes.Of(Arithmetic.ToBig(call[0]!));
            case double number:
                return double.IsFinite(number) ? Boxes.Of(new BigInteger(Math.Truncate(number))) : fallback;
            case string text:
                if (PyInteger.TryParse(text, (int)Math.Clamp(call.Integer(2, 10), 0, 36), out var integer))
                {
                    return Boxes.Of(integer);
                }

                return TryFloat(text, out var real) && double.IsFinite(real)
                    ? Boxes.Of(new BigInteger(Math.Truncate(real)))
                    : fallback;
            default:
                return fallback;
        }
    }

    private static object? Float(BuiltInCall call) =>
        call[0] switch
        {
            Undefined undefined => throw undefined.Error(),
            long or double or bool or BigInteger => Arithmetic.ToDouble(call[0]!),
            string text when TryFloat(text, out var number) => number,
            _ => call.Has(1) ? call[1] : 0.0,
        };

    /// <summary>Python's <c>float(text)</c>.</summary>
    public static bool TryFloat(string text, out double number)
    {
        text = StringMethods.Strip(text, null, true, true);
        number = 0;
        var unsigned = text.TrimStart('+', '-');
        if (text.Length - unsigned.Length > 1)
        {
            return false;
        }

        switch (PyCase.ToLower(unsigned))
        {
            case "nan":
                number = double.NaN;
                return true;
            case "inf" or "infinity":
                number = text[0] == '-' ? double.NegativeInfinity : double.PositiveInfinity;
                return true;
        }

        var digits = unsigned.Replace("_", "", StringComparison.Ordinal);
        var underscoresAreInside =
            digits.Length == unsigned.Length
            || unsigned
                .Select((c, i) => (c, i))
                .Where(x => x.c == '_')
                .All(x =>
                    x.i > 0
                    && x.i + 1 < unsigned.Length
                    && char.IsAsciiDigit(unsigned[x.i - 1])
                    && char.IsAsciiDigit(unsigned[x.i + 1])
                );
        if (!underscoresAreInside || digits.Length == 0 || PyChars.IsSpace(digits[0]))
        {
            return false;
        }

        var style = NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;
        if (!double.TryParse(digits, style, CultureInfo.InvariantCulture, out number))
        {
            return false;
        }

        number = text[0] == '-' ? -number : number;
        return true;
    }

    private static object Round(BuiltInCall call)
    {
        var precision = (int)Math.Clamp(call.Integer(1, 0), -400, 400);
        var method = call.Text(2, "common");
        if (method is not ("common" or "ceil" or "floor"))
        {
            throw PyError.Argument("method must be common, ceil or floor");
        }

        if (call[0] is Undefined undefined)
        {
            throw undefined.Error();
        }

        if (!Ordering.IsNumber(call[0]))
        {
            throw PyError.Type($"type {TypeName.Of(call[0])} doesn't define __round__ method");
        }

        var value = call[0]!;
        if (method == "common")
        {
            return value is double number
                ? PyFloat.Round(number, precision)
                : RoundInteger(Arithmetic.ToBig(value), precision);
        }

        var power = Arithmetic.Power(Boxes.Of(10L), Boxes.Of((long)precision));
        var scaled = Arithmetic.Multiply(value, power);
        if (scaled is double real)
        {
            if (!double.IsFinite(real))
            {
                throw PyError.Value("cannot convert float infinity or NaN to integer");
            }

            scaled = Boxes.Of(new BigInteger(method == "ceil" ? Math.Ceiling(real) : Math.Floor(real)));
        }

        return Arithmetic.Divide(scaled, power);
    }

    private static object RoundInteger(BigInteger value, int precision)
    {
        if (precision >= 0)
        {
            return Boxes.Of(value);
        }

        var unit = BigInteger.Pow(10, -precision);
        var quotient = BigInteger.DivRem(BigInteger.Abs(value), unit, out var rest);
        var half = (rest * 2).CompareTo(unit);
        quotient += half > 0 || (half == 0 && !quotient.IsEven) ? 1 : 0;
        return Boxes.Of(quotient * unit * value.Sign);
    }

    private static string FileSize(BuiltInCall call)
    {
        var binary = call.Flag(1);
        double size;
        if (Ordering.IsNumber(call[0]))
        {
            size = Arithmetic.ToDouble(call[0]!);
        }
        else if (call[0] is not string text || !TryFloat(text, out size))
        {
            throw PyError.Value($"could not convert {PyText.Repr(call[0])} to a number");
        }

        var basis = binary ? 1024.0 : 1000.0;
        if (size == 1)
        {
            return "1 Byte";
        }

        if (size < basis)
        {
            return PyText.Str(Boxes.Of(new BigInteger(size))) + " Bytes";
        }

        var units = binary ? Binary : Decimal;
        var unit = basis;
        for (var i = 0; ; i++)
        {
            unit *= basis;
            if (size < unit || i == units.Length - 1)
            {
                return FloatFormat.Magnitude(basis * size / unit, 'f', 1, false) + " " + units[i];
            }
        }
    }
}
