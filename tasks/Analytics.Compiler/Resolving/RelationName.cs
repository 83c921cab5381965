namespace Analytics.Compiler.Resolving;

/// <summary>The full name of a table or view, as it is in PostgreSQL: case kept, nothing quoted.</summary>
/// <param name="Database">The database.</param>
/// <param name="Schema">The schema.</param>
/// <param name="Identifier">The relation's own name.</param>
public sealed record RelationName(string Database, string Schema, string Identifier)
{
    /// <summary>The name as SQL, every part quoted: <c>"db"."schema"."name"</c>.</summary>
    public string ToSql() => $"{Quote(Database)}.{Quote(Schema)}.{Quote(Identifier)}";

    /// <summary>Schema and name for people: <c>gold.fct_trips</c>.</summary>
    public override string ToString() => $"{Schema}.{Identifier}";

    /// <summary>Quotes one identifier for SQL, doubling the quotes in it.</summary>
    public static string Quote(string identifier) => SqlQuote.Identifier(identifier);
}
