namespace Analytics.PgQuery.Reading;

/// <summary>Makes an error of what the parser reports.</summary>
internal static class ErrorReader
{
    private const string Near = " at or near \"";
    private const string AtEnd = " at end of input";

    /// <summary>Translates the position and measures the token that stands there.</summary>
    /// <param name="text">The SQL.</param>
    /// <param name="message">The parser's message.</param>
    /// <param name="cursor">The parser's position: code points, from one; zero for none.</param>
    public static PgSyntaxError Read(SqlText text, string message, int cursor)
    {
        if (message.EndsWith(AtEnd, StringComparison.Ordinal))
        {
            return new PgSyntaxError(message, text.Sql.Length, 0);
        }

        if (cursor <= 0)
        {
            return new PgSyntaxError(message, 0, null);
        }

        var position = text.UnitOfCodePoint(cursor - 1);
        return new PgSyntaxError(message, position, TokenLength(text.Sql.AsSpan(position), message));
    }

    // PostgreSQL repeats the token in its message. For a string without an end that is all the rest of the text, which
    // helps nobody: the length is left open then.
    private static int? TokenLength(ReadOnlySpan<char> rest, string message)
    {
        var near = message.IndexOf(Near, StringComparison.Ordinal);
        if (near < 0 || !message.EndsWith('"') || message.StartsWith("unterminated ", StringComparison.Ordinal))
        {
            return null;
        }

        var token = message.AsSpan(near + Near.Length)[..^1];
        return token.Length > 0 && rest.StartsWith(token, StringComparison.Ordinal) ? token.Length : null;
    }
}
