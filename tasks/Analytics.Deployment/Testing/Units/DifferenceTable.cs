using System.Collections.Immutable;
using System.Text;

namespace Analytics.Deployment.Testing.Units;

/// <summary>
/// Writes a difference as dbt does: <c>→</c> before a row in which values differ (<c>expected→actual</c>), <c>---</c> before one that is
/// missing, <c>+++</c> before one that was not expected, nothing before one that is right.
/// </summary>
internal static class DifferenceTable
{
    private const int MostLines = 50;
    private const int MostSameLines = 10;
    private const int LongestValue = 60;

    /// <summary>The table; lines are parted by line feeds, and none ends it.</summary>
    /// <param name="columns">The names of the compared columns.</param>
    /// <param name="difference">The rows.</param>
    public static string Write(ImmutableArray<string> columns, RowDifference difference)
    {
        var shown = new List<string[]> { new[] { "@@" }.Concat(columns).ToArray() };
        var same = 0;
        var leftOut = 0;
        foreach (var line in difference.Lines)
        {
            if (shown.Count > MostLines || (line.IsSame && ++same > MostSameLines))
            {
                leftOut++;
                continue;
            }

            shown.Add([Mark(line), .. Cells(line, columns.Length)]);
        }

        var widths = Enumerable.Range(0, columns.Length + 1).Select(i => shown.Max(cells => cells[i].Length)).ToArray();
        var text = new StringBuilder();
        foreach (var cells in shown)
        {
            var row = string.Join(",", cells.Select((cell, i) => cell.PadRight(widths[i])));
            text.Append(text.Length == 0 ? string.Empty : "\n").Append(row.TrimEnd(' '));
        }

        return leftOut == 0
            ? text.ToString()
            : text.Append(FormattableString.Invariant($"\n... and {leftOut} more rows")).ToString();
    }

    private static string Mark(RowLine line) =>
        line switch
        {
            { Actual: null } => "---",
            { Expected: null } => "+++",
            { IsSame: true } => string.Empty,
            _ => "→",
        };

    private static IEnumerable<string> Cells(RowLine line, int columns) =>
        Enumerable
            .Range(0, columns)
            .Select(i =>
                line is { Expected: { } expected, Actual: { } actual } && expected[i] != actual[i]
                    ? $"{Cell(expected[i])}→{Cell(actual[i])}"
                    : Cell((line.Expected ?? line.Actual)!.Value[i])
            );

    private static string Cell(string? value)
    {
        var line = (value ?? "NULL").ReplaceLineEndings("\\n");
        if (line.Length <= LongestValue)
        {
            return line;
        }

        var end = char.IsHighSurrogate(line[LongestValue - 1]) ? LongestValue - 1 : LongestValue;
        return line[..end] + "…";
    }
}
