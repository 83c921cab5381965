namespace Analytics.PgQuery;

/// <summary>
/// How far a word may also serve as a name, after PostgreSQL's keyword list (<c>src/include/parser/kwlist.h</c>).
/// </summary>
public enum PgKeywordKind
{
    /// <summary>Not a keyword.</summary>
    None = 0,

    /// <summary>A keyword that may name anything.</summary>
    Unreserved = 1,

    /// <summary>A keyword that may name a column or a table but not a function or a type.</summary>
    ColumnName = 2,

    /// <summary>A keyword that may name a function or a type but not a column or a table.</summary>
    TypeOrFunctionName = 3,

    /// <summary>A keyword that needs quotes to be a name (it may be a column label after AS).</summary>
    Reserved = 4,
}
