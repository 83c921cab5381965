using System.Numerics;

namespace Analytics.Compiler.Loading.Seeds;

/// <summary>
/// The type of a column: the first in dbt's order that every value fits. Two things are better than in dbt: a whole number
/// that <c>integer</c> cannot hold makes the column <c>bigint</c> or <c>numeric</c> instead of a failing insert, and decimals
/// that <c>float8</c> would round make it <c>numeric</c>.
/// </summary>
public static class SeedInference
{
    /// <summary>Infers the type and rewrites the values as its SQL text.</summary>
    /// <param name="values">The values of the column, null for NULL; changed in place.</param>
    /// <returns>The type as SQL.</returns>
    public static string Infer(string?[] values)
    {
        ArgumentNullException.ThrowIfNull(values);
        return Numbers(values)
            ?? Convert(values, "date", SeedMoment.Date)
            ?? Convert(values, "timestamp without time zone", SeedMoment.DateTime)
            ?? Convert(values, "timestamp without time zone", SeedMoment.IsoDateTime)
            ?? Convert(values, "boolean", Boolean)
            ?? "text";
    }

    // A column of NULLs only is integer, as in dbt.
    private static string? Numbers(string?[] values)
    {
        var texts = new string?[values.Length];
        var allWhole = true;
        var fitsDouble = true;
        BigInteger least = 0;
        BigInteger most = 0;
        for (var i = 0; i < values.Length; i++)
        {
            if (values[i] is not { } value)
            {
                continue;
            }

            if (SeedNumber.Parse(value.Trim()) is not { } number)
            {
                return null;
            }

            texts[i] = number.Text;
            allWhole &= number.Whole is not null;
            fitsDouble &= number.FitsDouble;
            if (number.Whole is { } whole)
            {
                least = BigInteger.Min(least, whole);
                most = BigInteger.Max(most, whole);
            }
        }

        texts.CopyTo(values, 0);
        if (!allWhole)
        {
            return fitsDouble || texts.Any(IsNotFinite) ? "float8" : "numeric";
        }

        return least >= int.MinValue && most <= int.MaxValue ? "integer"
            : least >= long.MinValue && most <= long.MaxValue ? "bigint"
            : "numeric";
    }

    private static bool IsNotFinite(string? text) => text is "NaN" or "Infinity" or "-Infinity";

    private static string? Convert(string?[] values, string type, Func<string, string?> convert)
    {
        var texts = new string?[values.Length];
        for (var i = 0; i < values.Length; i++)
        {
            if (values[i] is { } value && (texts[i] = convert(value.Trim())) is null)
            {
                return null;
            }
        }

        texts.CopyTo(values, 0);
        return type;
    }

    private static string? Boolean(string value) =>
        value.Replace(",", string.Empty, StringComparison.Ordinal).Trim().ToUpperInvariant() switch
        {
            "TRUE" => "true",
            "FALSE" => "false",
            _ => null,
        };
}
