using System.Text;
using Analytics.Compiler.Loading.Seeds;
using Analytics.Compiler.Resolving;
using Analytics.Compiler.Resolving.Nodes;

namespace Analytics.Deployment.Testing.Units;

/// <summary>Writes the rows of a unit test as a query.</summary>
/// <param name="rows">Values by column, no SQL.</param>
internal sealed class FixtureSql(FixedRows rows)
{
    /// <summary>A query that gives the rows; a column that a row does not name is NULL in it.</summary>
    /// <param name="columns">The columns in their order.</param>
    public string Of(IReadOnlyList<FixtureColumn> columns)
    {
        if (columns.Count == 0)
        {
            return "select limit 0";
        }

        // A column may be written in several ways that differ in upper and lower case.
        var known = new FixtureColumns(columns, true);
        var places = columns.Select((column, i) => (column, i)).ToDictionary(pair => pair.column, pair => pair.i);
        var values = new List<object?[]>();
        foreach (var row in rows.Rows)
        {
            var cells = new object?[columns.Count];
            foreach (var (name, value) in row)
            {
                if (known.Find(name) is { } column)
                {
                    cells[places[column]] = value;
                }
            }

            values.Add(cells);
        }

        return Of(columns, values);
    }

    private static string Of(IReadOnlyList<FixtureColumn> columns, List<object?[]> rows)
    {
        var types = columns.Select((column, i) => column.Type ?? Infer([.. rows.Select(cells => cells[i])])).ToArray();
        var names = string.Join(", ", columns.Select(column => RelationName.Quote(column.Name)));
        var sql = new StringBuilder("select * from (values\n    (");
        AppendRow(sql, rows.Count == 0 ? new object?[columns.Count] : rows[0], types);
        foreach (var cells in rows.Skip(1))
        {
            AppendRow(sql.Append("),\n    ("), cells, types);
        }

        return sql.Append(")\n) as fixture (")
            .Append(names)
            .Append(')')
            .Append(rows.Count == 0 ? " limit 0" : string.Empty)
            .ToString();
    }

    private static void AppendRow(StringBuilder sql, object?[] cells, string?[] types) =>
        sql.AppendJoin(", ", cells.Select((value, i) => FixtureValue.Sql(value, types[i])));

    // Texts of a column of which no type is known are read as those of a seed are.
    private static string? Infer(IReadOnlyList<object?> values) =>
        values.Any(value => value is not null) && values.All(value => value is null or string)
            ? SeedInference.Infer([.. values.Select(value => (string?)value)])
            : null;
}
