namespace Analytics.PgQuery;

/// <summary>
/// PostgreSQL 18's own parser. Safe to call from many threads at once; each call costs well under a millisecond for a
/// usual statement. Nothing that is given to it can make it throw or end the process, except null.
/// </summary>
public static class PgParser
{
    /// <summary>Parses a text of any number of statements.</summary>
    /// <param name="sql">The SQL; may be empty.</param>
    public static PgParseResult Parse(string sql)
    {
        ArgumentNullException.ThrowIfNull(sql);
        return new PgParseResult(new PgSyntaxError("not built", 0, null));
    }

    /// <summary>Cuts a text into tokens, comments included.</summary>
    /// <param name="sql">The SQL; may be empty.</param>
    public static PgScanResult Scan(string sql)
    {
        ArgumentNullException.ThrowIfNull(sql);
        return new PgScanResult(new PgSyntaxError("not built", 0, null));
    }

    /// <summary>
    /// A fingerprint that statements share when they differ in literals, white space, comments and letter case of
    /// keywords only: libpg_query's, 16 hexadecimal digits in lower case.
    /// </summary>
    /// <param name="sql">The SQL; may be empty.</param>
    public static PgTextResult Fingerprint(string sql)
    {
        ArgumentNullException.ThrowIfNull(sql);
        return new PgTextResult(new PgSyntaxError("not built", 0, null));
    }

    /// <summary>The text with each literal replaced by a parameter, <c>$1</c>, <c>$2</c>, as pg_stat_statements does.</summary>
    /// <param name="sql">The SQL; may be empty.</param>
    public static PgTextResult Normalize(string sql)
    {
        ArgumentNullException.ThrowIfNull(sql);
        return new PgTextResult(new PgSyntaxError("not built", 0, null));
    }
}
