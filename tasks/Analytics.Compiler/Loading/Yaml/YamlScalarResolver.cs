using System.Globalization;
using System.Text.RegularExpressions;

namespace Analytics.Compiler.Loading.Yaml;

/// <summary>
/// The value of a plain scalar by YAML 1.1 as PyYAML reads it. Differences from PyYAML, where it would throw or give a
/// type that templates do not have: a date, <c>=</c>, and a number that no 64 bits hold stay text.
/// </summary>
internal static partial class YamlScalarResolver
{
    public static object? Resolve(string text)
    {
        switch (text)
        {
            case "" or "~" or "null" or "Null" or "NULL":
                return null;
            case "yes" or "Yes" or "YES" or "true" or "True" or "TRUE" or "on" or "On" or "ON":
                return true;
            case "no" or "No" or "NO" or "false" or "False" or "FALSE" or "off" or "Off" or "OFF":
                return false;
            default:
                break;
        }

        if (text[0] is not ((>= '0' and <= '9') or '-' or '+' or '.'))
        {
            return text;
        }

        if (IntegerPattern().IsMatch(text))
        {
            return Integer(text) is { } whole ? whole : text;
        }

        return FloatPattern().IsMatch(text) && Float(text) is { } real ? real : text;
    }

    private static long? Integer(string text)
    {
        var digits = Unsigned(text, out var negative);
        var value = digits switch
        {
            _ when digits.Contains(':', StringComparison.Ordinal) => Sexagesimal(digits),
            _ when digits.StartsWith("0b", StringComparison.Ordinal) => InBase(digits[2..], 2),
            _ when digits.StartsWith("0x", StringComparison.Ordinal) => InBase(digits[2..], 16),
            _ when digits.Length > 1 && digits[0] == '0' => InBase(digits[1..], 8),
            _ => InBase(digits, 10),
        };
        if (value is null)
        {
            return null;
        }

        var signed = negative ? -value.Value : value.Value;
        return signed >= long.MinValue && signed <= long.MaxValue ? (long)signed : null;
    }

    private static Int128? Sexagesimal(string digits)
    {
        Int128 value = 0;
        foreach (var part in digits.Split(':'))
        {
            if (InBase(part, 10) is not { } next || value > long.MaxValue)
            {
                return null;
            }

            value = (value * 60) + next;
        }

        return value;
    }

    // No digits at all (0x_) and too many digits give null.
    private static Int128? InBase(string digits, int radix)
    {
        Int128 value = 0;
        foreach (var digit in digits)
        {
            value = (value * radix) + Convert.ToInt32(digit.ToString(), 16);
            if (value > (Int128)long.MaxValue + 1)
            {
                return null;
            }
        }

        return digits.Length == 0 ? null : value;
    }

    private static double? Float(string text)
    {
        var digits = Unsigned(text, out var negative);
        double value;
        if (string.Equals(digits, ".inf", StringComparison.OrdinalIgnoreCase))
        {
            value = double.PositiveInfinity;
        }
        else if (string.Equals(digits, ".nan", StringComparison.OrdinalIgnoreCase))
        {
            return double.NaN;
        }
        else
        {
            value = 0;
            foreach (var part in digits.Split(':'))
            {
                if (!double.TryParse(part, NumberStyles.Float, CultureInfo.InvariantCulture, out var next))
                {
                    return null;
                }

                value = (value * 60) + next;
            }
        }

        return negative ? -value : value;
    }

    private static string Unsigned(string text, out bool negative)
    {
        var digits = text.Replace("_", string.Empty, StringComparison.Ordinal);
        negative = digits[0] == '-';
        return digits[0] is '-' or '+' ? digits[1..] : digits;
    }

    // https://yaml.org/type/int.html, with PyYAML's 0b, 0 (octal), decimal, 0x and base 60.
    [GeneratedRegex(
        @"^(?:[-+]?0b[0-1_]+|[-+]?0[0-7_]+|[-+]?(?:0|[1-9][0-9_]*)|[-+]?0x[0-9a-fA-F_]+|[-+]?[1-9][0-9_]*(?::[0-5]?[0-9])+)\z",
        RegexOptions.CultureInvariant
    )]
    private static partial Regex IntegerPattern();

    // https://yaml.org/type/float.html; PyYAML wants a sign in the exponent.
    [GeneratedRegex(
        @"^(?:[-+]?(?:[0-9][0-9_]*)\.[0-9_]*(?:[eE][-+][0-9]+)?|\.[0-9][0-9_]*(?:[eE][-+][0-9]+)?|[-+]?[0-9][0-9_]*(?::[0-5]?[0-9])+\.[0-9_]*|[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN))\z",
        RegexOptions.CultureInvariant
    )]
    private static partial Regex FloatPattern();
}
