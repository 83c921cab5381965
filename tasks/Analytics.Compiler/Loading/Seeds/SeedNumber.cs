using System.Globalization;
using System.Numerics;
using System.Text.RegularExpressions;

namespace Analytics.Compiler.Loading.Seeds;

/// <summary>A number as dbt finds it in a seed: per cent signs, currency signs and commas are no part of it.</summary>
internal readonly partial record struct SeedNumber
{
    private static readonly char[] Currencies = [.. "؋$ƒ៛¥₡₱£€¢﷼₪₩₭₮₦฿₤₫"];

    // A double keeps 15 significant decimal digits whatever they are.
    private const int DoubleDigits = 15;

    // 1e400 has 401 digits; more than that is text for PostgreSQL to judge, not for us to write out.
    private const int LongestExponent = 400;

    /// <summary>The number as SQL text.</summary>
    public string Text { get; private init; }

    /// <summary>The whole number; null when it has decimals or is not finite.</summary>
    public BigInteger? Whole { get; private init; }

    /// <summary>False when a <c>float8</c> would change it.</summary>
    public bool FitsDouble { get; private init; }

    public static SeedNumber? Parse(string value)
    {
        var digits = value.Trim('%');
        var negative = digits.StartsWith('-');
        digits = negative ? digits[1..] : digits;
        digits = digits.Trim(Currencies);
        digits = digits.Replace(",", string.Empty, StringComparison.Ordinal).Trim();
        if (SpecialPattern().Match(digits) is { Success: true } special)
        {
            var name = special.Groups["nan"].Success ? "NaN" : "Infinity";
            negative ^= special.Groups["sign"].Value == "-";
            return new SeedNumber { Text = negative && name != "NaN" ? $"-{name}" : name, FitsDouble = true };
        }

        return Pattern().Match(digits) is { Success: true } match ? Finite(match, negative) : null;
    }

    private static SeedNumber? Finite(Match match, bool negative)
    {
        negative ^= match.Groups["sign"].Value == "-";
        var whole = match.Groups["whole"].Value.Replace("_", string.Empty, StringComparison.Ordinal);
        var fraction = match.Groups["fraction"].Value.Replace("_", string.Empty, StringComparison.Ordinal).TrimEnd('0');
        var exponentText = match.Groups["exponent"].Value;
        var exponent = 0;
        if (
            exponentText.Length > 0
            && (
                !int.TryParse(exponentText, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out exponent)
                || Math.Abs(exponent) > LongestExponent
            )
        )
        {
            return null;
        }

        // The digits without the point, and where the point is, counted from the right.
        var digits = (whole + fraction).TrimStart('0');
        var places = fraction.Length - exponent;
        var significant = digits.TrimEnd('0');
        places -= digits.Length - significant.Length;
        var sign = negative && significant.Length > 0 ? "-" : string.Empty;
        if (significant.Length == 0)
        {
            return new SeedNumber
            {
                Text = "0",
                Whole = BigInteger.Zero,
                FitsDouble = true,
            };
        }

        var fits = significant.Length <= DoubleDigits;
        if (places <= 0)
        {
            var text = sign + significant + new string('0', -places);
            return new SeedNumber
            {
                Text = text,
                Whole = BigInteger.Parse(text, CultureInfo.InvariantCulture),
                FitsDouble = fits,
            };
        }

        var padded = significant.PadLeft(places + 1, '0');
        return new SeedNumber { Text = $"{sign}{padded[..^places]}.{padded[^places..]}", FitsDouble = fits };
    }

    // What Python's Decimal takes, ASCII digits only.
    [GeneratedRegex(
        @"^(?<sign>[-+]?)(?:(?<whole>[0-9][0-9_]*)(?:\.(?<fraction>[0-9_]*))?|\.(?<fraction>[0-9][0-9_]*))(?:[eE](?<exponent>[-+]?[0-9]+))?\z",
        RegexOptions.CultureInvariant
    )]
    private static partial Regex Pattern();

    [GeneratedRegex(
        @"^(?<sign>[-+]?)(?:(?<nan>nan)|inf|infinity)\z",
        RegexOptions.CultureInvariant | RegexOptions.IgnoreCase
    )]
    private static partial Regex SpecialPattern();
}
