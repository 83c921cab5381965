namespace Analytics.Compiler.Resolving;

/// <summary>The one place that puts names and values between quotes for SQL.</summary>
public static class SqlQuote
{
    /// <summary>An identifier; it is never folded to lower case, and quotes in it are doubled.</summary>
    public static string Identifier(string identifier)
    {
        ArgumentNullException.ThrowIfNull(identifier);
        return $"\"{identifier.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
    }

    /// <summary>
    /// A string constant. One with a backslash is written as <c>E'…'</c>, which means the same whatever the server's
    /// <c>standard_conforming_strings</c> says; so does libpq.
    /// </summary>
    public static string Literal(string value)
    {
        ArgumentNullException.ThrowIfNull(value);
        var text = value.Replace("'", "''", StringComparison.Ordinal);
        return text.Contains('\\') ? $"E'{text.Replace("\\", "\\\\", StringComparison.Ordinal)}'" : $"'{text}'";
    }
}
