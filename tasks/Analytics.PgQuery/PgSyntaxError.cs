namespace Analytics.PgQuery;

/// <summary>What PostgreSQL's parser says about a text that it does not accept.</summary>
/// <param name="Message">PostgreSQL's own words, such as <c>syntax error at or near "from"</c>.</param>
/// <param name="Position">
/// Zero-based UTF-16 offset into the SQL that was given; the length of the SQL means "at the end of the input". Zero
/// when PostgreSQL names no place; <paramref name="Length"/> is null then.
/// </param>
/// <param name="Length">
/// Number of UTF-16 code units of the token at <paramref name="Position"/>; zero at the end of the input; null when it
/// is not known, as in a string that is never closed.
/// </param>
public sealed record PgSyntaxError(string Message, int Position, int? Length);
