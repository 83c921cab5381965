namespace Analytics.PgQuery;

/// <summary>One statement of a text.</summary>
/// <param name="Node">The statement, such as a <c>SelectStmt</c>.</param>
/// <param name="Start">
/// Zero-based UTF-16 offset of the first token: a comment before it does not belong to the statement.
/// </param>
/// <param name="Length">Number of UTF-16 code units up to the semicolon or the end, white space at the end left off but not a comment there.</param>
public readonly record struct PgStatement(PgNode Node, int Start, int Length);
