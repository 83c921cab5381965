using Analytics.Compiler.Rendering;
using Analytics.Compiler.Resolving;

namespace Analytics.Deployment.Planning.Sql;

/// <summary>The one place that quotes names and values for SQL.</summary>
internal static class SqlText
{
    /// <summary>A string constant. The server must have <c>standard_conforming_strings</c> on, its default since 9.1.</summary>
    public static string Literal(string value) => $"'{value.Replace("'", "''", StringComparison.Ordinal)}'";

    /// <summary>An object id as a constant of its own type.</summary>
    public static string Oid(uint value) => FormattableString.Invariant($"{value}::oid");

    /// <summary>Schema and identifier, quoted; the database is left out, as some commands do not take it.</summary>
    public static string Local(RelationName name) =>
        $"{RelationName.Quote(name.Schema)}.{RelationName.Quote(name.Identifier)}";

    /// <summary>Quoted column names with a comma and a space between, each after <paramref name="prefix"/>.</summary>
    public static string Columns(IEnumerable<WarehouseColumn> columns, string prefix = "") =>
        string.Join(", ", columns.Select(column => prefix + RelationName.Quote(column.Name)));
}
