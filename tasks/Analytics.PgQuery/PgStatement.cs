namespace Analytics.PgQuery;

/// <summary>One statement of a text.</summary>
/// <param name="Node">The statement, such as a <c>SelectStmt</c>.</param>
/// <param name="Start">
/// Zero-based UTF-16 offset of the first character after the previous statement that is not white space: comments before
/// a statement belong to it.
/// </param>
/// <param name="Length">Number of UTF-16 code units up to the semicolon or the end, white space at the end left off.</param>
public readonly record struct PgStatement(PgNode Node, int Start, int Length);
