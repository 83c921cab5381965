using System.Globalization;

namespace Analytics.Jinja.Values;

/// <summary>Floating point numbers with a precision: the <c>e</c>, <c>f</c> and <c>g</c> formats of C and Python.</summary>
internal static class FloatFormat
{
    /// <summary>The digits of a number without its sign.</summary>
    /// <param name="value">Not negative.</param>
    /// <param name="type">One of <c>e f g</c>, lower case.</param>
    /// <param name="precision">Digits after the point, or significant digits for <c>g</c>.</param>
    /// <param name="alternate">True to keep the point and, for <c>g</c>, trailing zeros.</param>
    public static string Magnitude(double value, char type, int precision, bool alternate)
    {
        if (!double.IsFinite(value))
        {
            return double.IsNaN(value) ? "nan" : "inf";
        }

        if (precision > 5000)
        {
            throw TextLimits.TooWide();
        }

        return type switch
        {
            'f' => Fixed(value, precision, alternate),
            'e' => Scientific(value, precision, alternate),
            _ => General(value, Math.Max(precision, 1), alternate),
        };
    }

    private static string Fixed(double value, int precision, bool alternate)
    {
        var digits = PyFloat.Scaled(value, precision).ToString(CultureInfo.InvariantCulture);
        if (precision == 0)
        {
            return alternate ? digits + "." : digits;
        }

        digits = digits.PadLeft(precision + 1, '0');
        return $"{digits[..^precision]}.{digits[^precision..]}";
    }

    private static string Scientific(double value, int precision, bool alternate)
    {
        var (digits, exponent) = Significant(value, precision + 1);
        return Mantissa(digits, alternate) + Exponent(exponent);
    }

    private static string General(double value, int precision, bool alternate)
    {
        var (digits, exponent) = Significant(value, precision);
        if (!alternate)
        {
            digits = digits.TrimEnd('0') is { Length: > 0 } kept ? kept : "0";
        }

        if (exponent < -4 || exponent >= precision)
        {
            return Mantissa(digits, alternate) + Exponent(exponent);
        }

        if (exponent < 0)
        {
            return $"0.{new string('0', -exponent - 1)}{digits}";
        }

        if (digits.Length <= exponent + 1)
        {
            return digits.PadRight(exponent + 1, '0') + (alternate ? "." : "");
        }

        return $"{digits[..(exponent + 1)]}.{digits[(exponent + 1)..]}";
    }

    private static string Mantissa(string digits, bool alternate) =>
        digits.Length == 1 ? digits + (alternate ? "." : "") : $"{digits[..1]}.{digits[1..]}";

    private static string Exponent(int exponent) =>
        $"e{(exponent < 0 ? '-' : '+')}{Math.Abs(exponent).ToString("00", CultureInfo.InvariantCulture)}";

    // Exactly 'count' digits and the power of ten of the first one.
    private static (string Digits, int Exponent) Significant(double value, int count)
    {
        if (value == 0)
        {
            return (new string('0', count), 0);
        }

        var exponent = (int)Math.Floor(Math.Log10(value));
        while (true)
        {
            var scaled = PyFloat.Scaled(value, count - 1 - exponent);
            var digits = scaled.ToString(CultureInfo.InvariantCulture);
            if (digits.Length == count)
            {
                return (digits, exponent);
            }

            // The estimate was one off, or rounding carried into a new digit.
            exponent += digits.Length > count ? 1 : -1;
        }
    }
}
