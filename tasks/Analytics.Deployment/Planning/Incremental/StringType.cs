using System.Globalization;

namespace Analytics.Deployment.Planning.Incremental;

/// <summary>Types that dbt counts as strings, as <c>format_type</c> writes them.</summary>
internal static class StringType
{
    // dbt counts a string without a length as this long.
    private const int Unsized = 256;

    /// <summary>Whether it is text, varchar or char.</summary>
    public static bool IsString(string type) =>
        type is "text" or "character varying" or "character"
        || type.StartsWith("character varying(", StringComparison.Ordinal)
        || type.StartsWith("character(", StringComparison.Ordinal);

    /// <summary>
    /// The type a column must get so that values of another fit; null when nothing is to be done. A column without a length is
    /// never given one, although dbt would: that could only lose data.
    /// </summary>
    public static string? Widened(string type, string other)
    {
        if (!IsString(type) || !IsString(other) || Length(type) is not { } length)
        {
            return null;
        }

        var wanted = Length(other) ?? Unsized;
        return wanted > length ? FormattableString.Invariant($"character varying({wanted})") : null;
    }

    private static int? Length(string type)
    {
        var open = type.IndexOf('(', StringComparison.Ordinal);
        if (open < 0)
        {
            return null;
        }

        return int.Parse(
            type.AsSpan(open + 1, type.Length - open - 2),
            NumberStyles.None,
            CultureInfo.InvariantCulture
        );
    }
}
