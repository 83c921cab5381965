using System.Collections.Immutable;
using System.Runtime.InteropServices;
using Analytics.Compiler.Diagnostics;
using Analytics.Compiler.Loading.Resources;
using Analytics.Compiler.Resolving.Nodes;
using Analytics.Text;

namespace Analytics.Compiler.Loading.Seeds;

/// <summary>Reads the rows of a seed and finds the types of its columns.</summary>
public static class SeedReader
{
    // One wrong delimiter makes every row wrong; the first ones say it.
    private const int MostRowProblems = 20;

    /// <summary>Reads a seed; never throws for what is in it.</summary>
    public static SeedResult Read(SeedResource seed, SeedSettings settings)
    {
        ArgumentNullException.ThrowIfNull(seed);
        ArgumentNullException.ThrowIfNull(settings);
        var diagnostics = ImmutableArray.CreateBuilder<Diagnostic>();
        var reader = new CsvReader(seed.File, settings.Delimiter);
        if (reader.ReadRow()?.Fields is not { Count: > 0 } header)
        {
            var what = seed.File.Text.Length == 0 ? "the file is empty" : "the first line is blank";
            diagnostics.Add(
                ProjectDiagnostics.SeedShape(seed.File.Span(0, 0), $"{what}; a seed begins with a line of column names")
            );
            return new SeedResult(null, diagnostics.ToImmutable());
        }

        var names = Names(seed, header, settings, diagnostics);
        var rows = Rows(seed, header.Count, reader, diagnostics);
        if (reader.UnclosedQuote is { } quote)
        {
            diagnostics.Add(
                ProjectDiagnostics.SeedShape(seed.File.Span(quote, 1), "the quote that opens here is not closed")
            );
        }

        var result = diagnostics.ToImmutable();
        return result.Any(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error)
            ? new SeedResult(null, result)
            : new SeedResult(Table(names, header, rows, settings), result);
    }

    private static string[] Names(
        SeedResource seed,
        List<CsvField> header,
        SeedSettings settings,
        ImmutableArray<Diagnostic>.Builder diagnostics
    )
    {
        var names = new string[header.Count];
        var seen = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < names.Length; i++)
        {
            var field = header[i];
            names[i] = settings.QuoteColumns ? field.Text : field.Text.ToLowerInvariant();
            var problem =
                string.IsNullOrWhiteSpace(field.Text) ? FormattableString.Invariant($"column {i + 1} has no name")
                : field.Text.Contains('\0', StringComparison.Ordinal) ? "a column name holds the character U+0000"
                : !seen.Add(names[i]) ? $"the column '{names[i]}' stands twice in the first line"
                : null;
            if (problem is not null)
            {
                diagnostics.Add(ProjectDiagnostics.SeedShape(Span(seed, field), problem));
            }
        }

        var known = header.Select(field => field.Text).ToArray();
        foreach (var key in settings.ColumnTypes.Keys.Order(StringComparer.Ordinal))
        {
            if (!known.Contains(key, StringComparer.Ordinal))
            {
                var line = seed.File.Span(header[0].Start, header[^1].End - header[0].Start);
                diagnostics.Add(ProjectDiagnostics.UnknownColumnType(line, key, seed.Name, NearName.Find(key, known)));
            }
        }

        return names;
    }

    private static List<CsvRow> Rows(
        SeedResource seed,
        int width,
        CsvReader reader,
        ImmutableArray<Diagnostic>.Builder diagnostics
    )
    {
        var rows = new List<CsvRow>();
        var problems = 0;
        while (reader.ReadRow() is { } row)
        {
            rows.Add(row);
            if (problems < MostRowProblems && Problem(seed, row, width) is { } problem)
            {
                diagnostics.Add(problem);
                problems++;
            }
        }

        return rows;
    }

    private static Diagnostic? Problem(SeedResource seed, CsvRow row, int width)
    {
        var fields = row.Fields;
        if (fields.Count > width)
        {
            var message = FormattableString.Invariant(
                $"the row has {fields.Count} values, but the first line names {width} {(width == 1 ? "column" : "columns")}"
            );
            return ProjectDiagnostics.SeedShape(Span(seed, fields[width]), message);
        }

        foreach (var field in fields)
        {
            var index = field.Text.IndexOf('\0', StringComparison.Ordinal);
            if (index >= 0)
            {
                return ProjectDiagnostics.SeedShape(
                    Span(seed, field),
                    "the value holds the character U+0000, which PostgreSQL cannot store"
                );
            }
        }

        var end = fields.Count == 0 ? row.Start : fields[^1].End;
        return fields.Count < width
            ? ProjectDiagnostics.ShortSeedRow(seed.File.Span(end, 0), fields.Count, width)
            : null;
    }

    private static SeedTable Table(string[] names, List<CsvField> header, List<CsvRow> rows, SeedSettings settings)
    {
        var columns = new string?[names.Length][];
        var types = ImmutableArray.CreateBuilder<SeedColumn>(names.Length);
        for (var i = 0; i < names.Length; i++)
        {
            var values = new string?[rows.Count];
            for (var r = 0; r < values.Length; r++)
            {
                values[r] = i < rows[r].Fields.Count ? NullOr(rows[r].Fields[i].Text) : null;
            }

            // A given type takes the text as it stands: 00123 keeps its zeros.
            columns[i] = values;
            types.Add(
                new SeedColumn(
                    names[i],
                    settings.ColumnTypes.TryGetValue(header[i].Text, out var type) ? type : SeedInference.Infer(values)
                )
            );
        }

        var table = ImmutableArray.CreateBuilder<ImmutableArray<string?>>(rows.Count);
        for (var r = 0; r < rows.Count; r++)
        {
            var row = new string?[columns.Length];
            for (var i = 0; i < row.Length; i++)
            {
                row[i] = columns[i][r];
            }

            table.Add(ImmutableCollectionsMarshal.AsImmutableArray(row));
        }

        return new SeedTable(types.MoveToImmutable(), table.MoveToImmutable());
    }

    // dbt's nulls, for every type: nothing, or the word.
    private static string? NullOr(string text)
    {
        var trimmed = text.AsSpan().Trim();
        return trimmed.IsEmpty || trimmed.Equals("null", StringComparison.OrdinalIgnoreCase) ? null : text;
    }

    private static SourceSpan Span(SeedResource seed, CsvField field) =>
        seed.File.Span(field.Start, field.End - field.Start);
}
