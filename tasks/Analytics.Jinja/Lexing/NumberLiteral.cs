using System.Globalization;
using System.Numerics;
using Analytics.Jinja.Values;

namespace Analytics.Jinja.Lexing;

/// <summary>Reads what a number means: underscores, hexadecimal, octal and binary integers of any size.</summary>
internal static class NumberLiteral
{
    public static object Integer(string text)
    {
        text = text.Replace("_", "", StringComparison.Ordinal);
        if (text.Length > 2 && text[0] == '0' && !char.IsAsciiDigit(text[1]))
        {
            var basis = (text[1] | 0x20) switch
            {
                'x' => 16,
                'o' => 8,
                _ => 2,
            };
            return Boxes.Of(PyInteger.Parse(text.AsSpan(2), basis));
        }

        return long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var small)
            ? Boxes.Of(small)
            : Boxes.Of(BigInteger.Parse(text, CultureInfo.InvariantCulture));
    }

    public static object Float(string text) =>
        double.Parse(text.Replace("_", "", StringComparison.Ordinal), CultureInfo.InvariantCulture);
}
