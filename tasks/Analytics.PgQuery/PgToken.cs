namespace Analytics.PgQuery;

/// <summary>A token as PostgreSQL's scanner cuts it.</summary>
/// <param name="Kind">The sort of token.</param>
/// <param name="Keyword">The sort of keyword; <see cref="PgKeywordKind.None"/> unless the kind is a keyword.</param>
/// <param name="Start">Zero-based UTF-16 offset into the SQL that was given.</param>
/// <param name="Length">Number of UTF-16 code units, quotes included.</param>
public readonly record struct PgToken(PgTokenKind Kind, PgKeywordKind Keyword, int Start, int Length)
{
    /// <summary>Zero-based UTF-16 offset after the last character.</summary>
    public int End => Start + Length;

    /// <summary>The token as it stands in the SQL that was scanned.</summary>
    /// <param name="sql">The SQL that was given to <see cref="PgParser.Scan"/>.</param>
    public ReadOnlySpan<char> Text(string sql) => sql.AsSpan(Start, Length);
}
