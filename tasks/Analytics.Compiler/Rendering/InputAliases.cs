using Analytics.PgQuery;

namespace Analytics.Compiler.Rendering;

/// <summary>
/// A subquery that stands in a relation's place has an alias of dbt's making, since PostgreSQL 15 asks for one. Where the author gave the
/// relation an alias too, as in <c>from {{ ref('orders') }} o</c>, dbt's SQL has two and does not run: here the author's counts.
/// </summary>
internal static class InputAliases
{
    private const string Mark = "_subq_";

    /// <summary>The SQL with one alias for each subquery.</summary>
    public static RenderedSql Settle(RenderedSql sql)
    {
        if (
            !sql.Text.Contains(Mark, StringComparison.Ordinal) || PgParser.Scan(sql.Text) is not { Error: null } scanned
        )
        {
            return sql;
        }

        var tokens = scanned
            .Tokens.Where(token => token.Kind is not (PgTokenKind.LineComment or PgTokenKind.BlockComment))
            .ToList();

        // From the end, so that places before it stay where they are.
        var result = sql;
        for (var i = tokens.Count - 2; i > 0; i--)
        {
            if (
                IsOurs(tokens[i].Text(sql.Text))
                && tokens[i - 1].Text(sql.Text) is ")"
                && IsAlias(tokens[i + 1], sql.Text)
            )
            {
                result = result.Replace(tokens[i].Start, tokens[i].Length, string.Empty);
            }
        }

        return result;
    }

    private static bool IsOurs(ReadOnlySpan<char> word) =>
        word.StartsWith(InputRows.LimitAlias, StringComparison.Ordinal)
        || word.StartsWith(EventWindow.FilterAlias, StringComparison.Ordinal);

    // Of the keywords, those that may follow a relation are none that may be an alias without AS.
    private static bool IsAlias(PgToken token, string sql) =>
        token.Kind == PgTokenKind.Identifier
        || token is { Kind: PgTokenKind.Keyword, Keyword: PgKeywordKind.Unreserved or PgKeywordKind.ColumnName }
        || (token.Kind == PgTokenKind.Keyword && token.Text(sql).Equals("as", StringComparison.OrdinalIgnoreCase));
}
