using System.Numerics;

namespace Analytics.Jinja.Values;

/// <summary>Reads integers as Python's <c>int(text, base)</c> does.</summary>
internal static class PyInteger
{
    /// <summary>Digits only, at least one, all below the base.</summary>
    public static BigInteger Parse(ReadOnlySpan<char> digits, int basis)
    {
        BigInteger value = 0;
        foreach (var c in digits)
        {
            value = (value * basis) + DigitOf(c);
        }

        return value;
    }

    /// <summary>
    /// Reads a signed integer with optional white space around, underscores between digits and, when
    /// <paramref name="basis"/> is 0 or fits, a prefix such as <c>0x</c>.
    /// </summary>
    public static bool TryParse(ReadOnlySpan<char> text, int basis, out BigInteger value)
    {
        value = 0;
        text = text.Trim();
        var negative = false;
        if (text.Length > 0 && text[0] is '+' or '-')
        {
            negative = text[0] == '-';
            text = text[1..];
        }

        if (text.Length > 1 && text[0] == '0')
        {
            var prefixed = (text[1] | 0x20) switch
            {
                'x' => 16,
                'o' => 8,
                'b' => 2,
                _ => 0,
            };
            if (prefixed != 0 && (basis == 0 || basis == prefixed))
            {
                basis = prefixed;
                text = text[2..];
                if (text.Length > 0 && text[0] == '_')
                {
                    text = text[1..];
                }
            }
        }

        basis = basis == 0 ? 10 : basis;
        if (text.Length is 0 or > 5000)
        {
            return false;
        }

        var digits = new char[text.Length];
        var count = 0;
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '_' && i > 0 && text[i - 1] != '_' && i + 1 < text.Length)
            {
                continue;
            }

            var digit = DigitOf(text[i]);
            if (digit < 0 || digit >= basis)
            {
                return false;
            }

            digits[count++] = (char)(digit < 10 ? '0' + digit : 'a' + digit - 10);
        }

        value = Parse(digits.AsSpan(0, count), basis);
        value = negative ? -value : value;
        return true;
    }

    private static int DigitOf(char c)
    {
        if (char.IsAsciiDigit(c))
        {
            return c - '0';
        }

        if (char.IsAsciiLetter(c))
        {
            return (c | 0x20) - 'a' + 10;
        }

        return char.IsDigit(c) ? (int)char.GetNumericValue(c) : -1;
    }
}
