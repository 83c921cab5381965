using System.Text;
using Analytics.Compiler.Loading.Seeds;
using Analytics.Compiler.Resolving;
using Analytics.Compiler.Resolving.Nodes;

namespace Analytics.Deployment.Testing.Units;

/// <summary>Writes the rows of a unit test as a query.</summary>
internal static class FixtureSql
{
    /// <summary>A query that gives the rows; a column that a row does not name is NULL in it.</summary>
    /// <param name="rows">Values by column, no SQL.</param>
    /// <param name="columns">The columns in their order, each with the name that the rows call it by, if any does.</param>
    public static string Of(FixedRows rows, IReadOnlyList<(FixtureColumn Column, string? Written)> columns)
    {
        var names = string.Join(", ", columns.Select(column => RelationName.Quote(column.Column.Name)));
        if (columns.Count == 0)
        {
            return "select limit 0";
        }

        var typed = columns.Select(column => Typed(rows, column.Column, column.Written)).ToList();
        var sql = new StringBuilder("select * from (values\n");
        var isFirst = true;
        foreach (
            var row in rows.Rows.IsEmpty
                ?
                [
                    [],
                ]
                : rows.Rows
        )
        {
            sql.Append(isFirst ? "    (" : ",\n    (");
            isFirst = false;
            sql.AppendJoin(
                ", ",
                typed.Select(
                    (column, i) =>
                        FixtureValue.Sql(row.LastOrDefault(value => value.Key == columns[i].Written).Value, column)
                )
            );
            sql.Append(')');
        }

        return sql.Append($"\n) as fixture ({names})").Append(rows.Rows.IsEmpty ? " limit 0" : string.Empty).ToString();
    }

    // Texts of a column of which no type is known are read as those of a seed are.
    private static string? Typed(FixedRows rows, FixtureColumn column, string? written)
    {
        if (column.Type is not null || written is null)
        {
            return column.Type;
        }

        var values = rows.Rows.Select(row => row.LastOrDefault(value => value.Key == written).Value).ToList();
        return values.Exists(value => value is not null) && values.TrueForAll(value => value is null or string)
            ? SeedInference.Infer([.. values.Select(value => (string?)value)])
            : null;
    }
}
