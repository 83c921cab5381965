namespace Analytics.Compiler.Resolving;

/// <summary>
/// Which parts of a relation's name are written with quotes where a template renders it. A part without is in small
/// letters, as PostgreSQL folds it, so the relation is the same either way.
/// </summary>
/// <param name="Database">Whether the database is quoted.</param>
/// <param name="Schema">Whether the schema is quoted.</param>
/// <param name="Identifier">Whether the relation's own name is quoted.</param>
public sealed record QuotePolicy(bool Database, bool Schema, bool Identifier)
{
    /// <summary>dbt's default on PostgreSQL.</summary>
    public static QuotePolicy All { get; } = new(true, true, true);

    /// <summary>A name as SQL, quoted by this policy.</summary>
    public string ToSql(RelationName name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return $"{Part(name.Database, Database)}.{Part(name.Schema, Schema)}.{Part(name.Identifier, Identifier)}";
    }

    /// <summary>A name whose unquoted parts are folded as PostgreSQL folds them.</summary>
    public RelationName Fold(RelationName name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return this == All
            ? name
            : new RelationName(
                Fold(name.Database, Database),
                Fold(name.Schema, Schema),
                Fold(name.Identifier, Identifier)
            );
    }

    private static string Part(string text, bool quoted) => quoted ? RelationName.Quote(text) : text;

    private static string Fold(string text, bool quoted) => quoted ? text : text.ToLowerInvariant();
}
