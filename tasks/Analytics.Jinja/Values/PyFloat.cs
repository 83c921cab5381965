using System.Globalization;
using System.Numerics;

namespace Analytics.Jinja.Values;

/// <summary>Floating point numbers as Python prints and rounds them.</summary>
internal static class PyFloat
{
    private static readonly double[] Powers =
    [
        1e0,
        1e1,
        1e2,
        1e3,
        1e4,
        1e5,
        1e6,
        1e7,
        1e8,
        1e9,
        1e10,
        1e11,
        1e12,
        1e13,
        1e14,
        1e15,
    ];

    /// <summary>The shortest text that reads back as the same number; scientific below 1e-4 and from 1e16 on.</summary>
    public static string Repr(double value)
    {
        if (!double.IsFinite(value))
        {
            return double.IsNaN(value) ? "nan"
                : value > 0 ? "inf"
                : "-inf";
        }

        // In this range .NET writes the digits in full as well.
        var size = Math.Abs(value);
        if (size is >= 1e-4 and < 1e15 || value == 0)
        {
            var text = value.ToString("R", CultureInfo.InvariantCulture);
            return text.Contains('.', StringComparison.Ordinal) ? text : text + ".0";
        }

        var (sign, digits, point) = Digits(value.ToString("R", CultureInfo.InvariantCulture));
        var exponent = point - 1;
        if (exponent is < -4 or >= 16)
        {
            var mantissa = digits.Length == 1 ? digits : digits[..1] + "." + digits[1..];
            return $"{sign}{mantissa}e{(exponent < 0 ? '-' : '+')}{Math.Abs(exponent).ToString("00", CultureInfo.InvariantCulture)}";
        }

        if (point <= 0)
        {
            return $"{sign}0.{new string('0', -point)}{digits}";
        }

        return point >= digits.Length
            ? $"{sign}{digits}{new string('0', point - digits.Length)}.0"
            : $"{sign}{digits[..point]}.{digits[point..]}";
    }

    /// <summary>Rounds to a number of decimal places, ties to even, on the exact binary value.</summary>
    public static double Round(double value, int places)
    {
        if (!double.IsFinite(value) || places > 323)
        {
            return value;
        }

        if (places < -308)
        {
            return 0.0 * value;
        }

        if (TryRoundNear(value, places, out var rounded))
        {
            return rounded;
        }

        var scaled = Scaled(Math.Abs(value), places);
        var text =
            scaled.ToString(CultureInfo.InvariantCulture) + "E" + (-places).ToString(CultureInfo.InvariantCulture);
        return Math.CopySign(double.Parse(text, CultureInfo.InvariantCulture), value);
    }

    // Where the multiplication's own error cannot reach the half, one multiplication and one division give the same:
    // both operands of the division are exact, so its result is the number nearest to the decimal one.
    private static bool TryRoundNear(double value, int places, out double rounded)
    {
        rounded = 0;
        if (places is < 0 or > 15)
        {
            return false;
        }

        var power = Powers[places];
        var scaled = Math.Abs(value) * power;
        if (scaled >= 1e12)
        {
            return false;
        }

        var floor = Math.Floor(scaled);
        var rest = scaled - floor;
        if (Math.Abs(rest - 0.5) < 1e-3)
        {
            return false;
        }

        rounded = Math.CopySign((rest > 0.5 ? floor + 1 : floor) / power, value);
        return true;
    }

    /// <summary>The nearest integer to <c>value × 10^places</c>, ties to even; the value must be finite and not negative.</summary>
    public static BigInteger Scaled(double value, int places)
    {
        var bits = BitConverter.DoubleToInt64Bits(value);
        var exponent = (int)((bits >> 52) & 0x7ff);
        var mantissa = bits & 0xfffffffffffffL;
        if (exponent == 0)
        {
            exponent++;
        }
        else
        {
            mantissa |= 1L << 52;
        }

        exponent -= 1075;
        var numerator = new BigInteger(mantissa);
        var denominator = BigInteger.One;
        if (exponent > 0)
        {
            numerator <<= exponent;
        }
        else
        {
            denominator <<= -exponent;
        }

        if (places > 0)
        {
            numerator *= BigInteger.Pow(10, places);
        }
        else
        {
            denominator *= BigInteger.Pow(10, -places);
        }

        var quotient = BigInteger.DivRem(numerator, denominator, out var remainder);
        var half = (remainder * 2).CompareTo(denominator);
        return half > 0 || (half == 0 && !quotient.IsEven) ? quotient + 1 : quotient;
    }

    /// <summary>Splits .NET's shortest text into sign, significant digits and the position of the point.</summary>
    private static (string Sign, string Digits, int Point) Digits(string text)
    {
        var sign = "";
        if (text[0] == '-')
        {
            sign = "-";
            text = text[1..];
        }

        var exponent = 0;
        var mark = text.IndexOf('E', StringComparison.Ordinal);
        if (mark >= 0)
        {
            exponent = int.Parse(text.AsSpan(mark + 1), CultureInfo.InvariantCulture);
            text = text[..mark];
        }

        var dot = text.IndexOf('.', StringComparison.Ordinal);
        var point = (dot < 0 ? text.Length : dot) + exponent;
        var digits = dot < 0 ? text : text.Remove(dot, 1);
        var leading = digits.Length - digits.TrimStart('0').Length;
        if (leading == digits.Length)
        {
            return (sign, "0", 1);
        }

        return (sign, digits[leading..].TrimEnd('0'), point - leading);
    }
}
