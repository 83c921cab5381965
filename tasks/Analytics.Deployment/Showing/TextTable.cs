using System.Collections.Immutable;
using System.Globalization;
using System.Numerics;
using System.Text;

namespace Analytics.Deployment.Showing;

/// <summary>Writes rows for people: a column each, numbers to the right, NULL as <c>null</c>, long values cut.</summary>
public static class TextTable
{
    private const int MostCharacters = 40;

    /// <summary>The lines of a table: the names, a rule, the rows.</summary>
    public static IReadOnlyList<string> Lines(ShownTable table)
    {
        ArgumentNullException.ThrowIfNull(table);
        var cells = table
            .Rows.Select(row => row.Select(value => Cut(Text(value))).ToImmutableArray())
            .Prepend([.. table.Columns.Select(column => Cut(column.Name))])
            .ToList();
        var widths = table.Columns.Select((_, i) => cells.Max(row => row[i].Length)).ToList();
        var isNumber = table.Columns.Select((_, i) => IsNumber(table, i)).ToList();
        var lines = cells.ConvertAll(row =>
            "| "
            + string.Join(
                " | ",
                row.Select((cell, i) => isNumber[i] ? cell.PadLeft(widths[i]) : cell.PadRight(widths[i]))
            )
            + " |"
        );
        lines.Insert(1, "| " + string.Join(" | ", widths.Select(width => new string('-', width))) + " |");
        return lines;
    }

    /// <summary>A value as one text; NULL is <c>null</c>.</summary>
    public static string Text(object? value) =>
        value switch
        {
            null => "null",
            bool flag => flag ? "true" : "false",
            DateOnly date => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
            DateTime moment => moment.ToString("yyyy-MM-dd HH:mm:ss.FFFFFF", CultureInfo.InvariantCulture),
            DateTimeOffset moment => moment.UtcDateTime.ToString(
                "yyyy-MM-dd HH:mm:ss.FFFFFF'Z'",
                CultureInfo.InvariantCulture
            ),
            IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
            _ => value.ToString() ?? string.Empty,
        };

    private static bool IsNumber(ShownTable table, int column) =>
        table.Rows.Any(row => row[column] is not null)
            && table.Rows.All(row => row[column] is null or long or double or BigInteger)
        || table.Columns[column].Type is "integer" or "bigint" or "smallint" or "double precision" or "real"
        || table.Columns[column].Type.StartsWith("numeric", StringComparison.Ordinal);

    // One line, and at most so many characters that a row stays readable; a character of two units is not cut in half.
    private static string Cut(string text)
    {
        var line = new StringBuilder(Math.Min(text.Length, MostCharacters));
        foreach (var c in text)
        {
            line.Append(char.IsControl(c) ? ' ' : c);
            if (line.Length > MostCharacters)
            {
                line.Length = MostCharacters - 1;
                if (char.IsHighSurrogate(line[^1]))
                {
                    line.Length--;
                }

                return line.Append('…').ToString();
            }
        }

        return line.ToString();
    }
}
