using System.Text;
using Analytics.Compiler.Loading.Seeds;
using Analytics.Compiler.Resolving;
using Analytics.Deployment.Planning.Sql;

namespace Analytics.Deployment.Applying.Building;

/// <summary>Creates the table of a seed and copies its rows in. The server reads the values, so every type it has works.</summary>
internal static class SeedLoader
{
    /// <summary>The table.</summary>
    public static string CreateTable(SeedTable seed, RelationName table)
    {
        var columns = seed.Columns.Select(column => $"{RelationName.Quote(column.Name)} {column.PostgresType}");
        return $"create table {table.ToSql()} ({string.Join(", ", columns)})";
    }

    /// <summary>Copies the rows.</summary>
    public static async Task CopyAsync(
        StatementRunner runner,
        SeedTable seed,
        RelationName table,
        CancellationToken cancellationToken
    )
    {
        var columns = string.Join(", ", seed.Columns.Select(column => RelationName.Quote(column.Name)));
        var copy = $"copy {SqlText.Local(table)} ({columns}) from stdin";

        // Disposing without an error ends the COPY; the server's refusal comes with the last flush or then.
        var writer = await runner.Connection.BeginTextImportAsync(copy, cancellationToken).ConfigureAwait(false);
        await using (writer.ConfigureAwait(false))
        {
            var line = new StringBuilder();
            foreach (var row in seed.Rows)
            {
                line.Clear();
                for (var i = 0; i < row.Length; i++)
                {
                    if (i > 0)
                    {
                        line.Append('\t');
                    }

                    Append(line, row[i]);
                }

                line.Append('\n');
                await writer.WriteAsync(line, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    // COPY's text format: a backslash before what has a meaning in it.
    private static void Append(StringBuilder line, string? value)
    {
        if (value is null)
        {
            line.Append("\\N");
            return;
        }

        foreach (var c in value)
        {
            line.Append(
                c switch
                {
                    '\\' => "\\\\",
                    '\t' => "\\t",
                    '\n' => "\\n",
                    '\r' => "\\r",
                    _ => null,
                }
            );
            if (c is not ('\\' or '\t' or '\n' or '\r'))
            {
                line.Append(c);
            }
        }
    }
}
