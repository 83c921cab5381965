using Analytics.Compiler.Rendering;
using Analytics.Compiler.Resolving;

namespace Analytics.Deployment.Planning.Sql;

/// <summary>Pieces of SQL that many statements have; what is quoted in them is quoted by <see cref="SqlQuote"/>.</summary>
internal static class SqlText
{
    /// <summary>A string constant.</summary>
    public static string Literal(string value) => SqlQuote.Literal(value);

    /// <summary>An object id as a constant of its own type.</summary>
    public static string Oid(uint value) => FormattableString.Invariant($"{value}::oid");

    /// <summary>Schema and identifier, quoted; the database is left out, as some commands do not take it.</summary>
    public static string Local(RelationName name) =>
        $"{RelationName.Quote(name.Schema)}.{RelationName.Quote(name.Identifier)}";

    /// <summary>Quoted column names with a comma and a space between, each after <paramref name="prefix"/>.</summary>
    public static string Columns(IEnumerable<WarehouseColumn> columns, string prefix = "") =>
        string.Join(", ", columns.Select(column => prefix + RelationName.Quote(column.Name)));
}
