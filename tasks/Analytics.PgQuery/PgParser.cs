using System.Collections.Immutable;
using Analytics.PgQuery.Hosting;
using Analytics.PgQuery.Reading;

namespace Analytics.PgQuery;

/// <summary>
/// PostgreSQL 18's own parser. Safe to call from many threads at once. Whatever text it is given, the answer is a result
/// or an error: nothing but null makes it throw, and nothing ends the process.
/// </summary>
/// <remarks>
/// SQL that is nested too deeply for 256 MB of stack (tens of thousands of levels) or too large for 1 GB of memory is an
/// error without a position.
/// </remarks>
public static class PgParser
{
    /// <summary>Parses a text of any number of statements.</summary>
    /// <param name="sql">The SQL; empty text and text of comments only are valid and have no statements.</param>
    public static PgParseResult Parse(string sql)
    {
        ArgumentNullException.ThrowIfNull(sql);
        if (SqlText.TryEncode(sql, out var error) is not { } text)
        {
            return new PgParseResult(error!);
        }

        try
        {
            return ParserPool.Shared.Run(parser => parser.Parse(text));
        }
        catch (ParserFailure failure)
        {
            return new PgParseResult(FailureReader.Read(failure.Reason));
        }
    }

    /// <summary>
    /// Runs a body for each number from zero below <paramref name="count"/>, on as many threads as there are processors.
    /// These threads hold a parser each, so that <see cref="Parse"/> within the body costs no change of threads. Their
    /// stacks are large: the body may recurse deeply.
    /// </summary>
    /// <param name="count">How many; not negative.</param>
    /// <param name="body">What to do; it is called on several threads at once.</param>
    /// <param name="cancellationToken">Ends the work between two bodies.</param>
    /// <exception cref="OperationCanceledException">It was cancelled. Any other exception is what a body has thrown.</exception>
    public static void ForEach(int count, Action<int> body, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        ArgumentNullException.ThrowIfNull(body);
        ParserPool.Shared.ForEach(count, body, cancellationToken);
    }

    /// <summary>Cuts a text into tokens, comments included.</summary>
    /// <param name="sql">The SQL; may be empty.</param>
    public static PgScanResult Scan(string sql)
    {
        ArgumentNullException.ThrowIfNull(sql);
        if (SqlText.TryEncode(sql, out var error) is not { } text)
        {
            return new PgScanResult(error!);
        }

        if (sql.Length == 0)
        {
            return new PgScanResult(ImmutableArray<PgToken>.Empty);
        }

        try
        {
            // The scanner gives no position; the parser reads through the same scanner and does.
            return ParserPool.Shared.Run(parser =>
                parser.Scan(text) is { } tokens
                    ? new PgScanResult(tokens)
                    : new PgScanResult(parser.Parse(text).Error ?? FailureReader.Read(ParserFailureReason.Stopped))
            );
        }
        catch (ParserFailure failure)
        {
            return new PgScanResult(FailureReader.Read(failure.Reason));
        }
    }

    /// <summary>
    /// A fingerprint that texts share when they differ only in literals, comments, white space and the case of keywords:
    /// libpg_query's, 16 hexadecimal digits in lower case.
    /// </summary>
    /// <param name="sql">The SQL; may be empty.</param>
    public static PgTextResult Fingerprint(string sql)
    {
        ArgumentNullException.ThrowIfNull(sql);

        // libpg_query refuses an empty text here and accepts white space, which means the same.
        return Transform(sql.Length == 0 ? " " : sql, (parser, text) => parser.Fingerprint(text));
    }

    /// <summary>
    /// The text with each literal replaced by a parameter, <c>$1</c>, <c>$2</c>, as pg_stat_statements does. White space
    /// and comments stay.
    /// </summary>
    /// <param name="sql">The SQL; may be empty.</param>
    public static PgTextResult Normalize(string sql)
    {
        ArgumentNullException.ThrowIfNull(sql);
        return sql.Length == 0 ? new PgTextResult("") : Transform(sql, (parser, text) => parser.Normalize(text));
    }

    // These functions answer with a text that is either the result or a message; whether the SQL parses decides which.
    private static PgTextResult Transform(string sql, Func<ParserCalls, SqlText, string> transform)
    {
        if (SqlText.TryEncode(sql, out var error) is not { } text)
        {
            return new PgTextResult(error!);
        }

        try
        {
            return ParserPool.Shared.Run(parser =>
                parser.Parse(text).Error is { } syntaxError
                    ? new PgTextResult(syntaxError)
                    : new PgTextResult(transform(parser, text))
            );
        }
        catch (ParserFailure failure)
        {
            return new PgTextResult(FailureReader.Read(failure.Reason));
        }
    }
}
