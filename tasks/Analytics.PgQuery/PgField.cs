namespace Analytics.PgQuery;

/// <summary>A field of a node that is present.</summary>
/// <param name="Name">The name in PostgreSQL, such as <c>fromClause</c>.</param>
/// <param name="Value">What it holds; never nothing.</param>
public readonly record struct PgField(string Name, PgValue Value);
