using System.Collections.Immutable;
using Analytics.Compiler.Diagnostics;
using Analytics.Compiler.Loading;
using Analytics.Compiler.Loading.Resources;
using Analytics.Compiler.Loading.Seeds;
using Analytics.Compiler.Loading.Yaml;
using Analytics.Compiler.Resolving.Nodes;
using Analytics.Text;

namespace Analytics.Compiler.Resolving.Drafting;

/// <summary>Reads the rows of unit tests, from the YAML and from the files it names.</summary>
internal sealed class FixtureReader(ProjectSource source, ICollection<Diagnostic> diagnostics)
{
    /// <summary>The rows; null when they cannot be read (reported).</summary>
    /// <param name="package">The package of the unit test.</param>
    /// <param name="test">Its name.</param>
    /// <param name="rows">What the unit test says.</param>
    public FixedRows? Read(string package, string test, UnitTestRows rows)
    {
        SourceFile? file = null;
        SourceSpan? place = null;
        if (rows.Fixture is { } name)
        {
            if (Find(package, test, name, rows.Format) is not { } fixture)
            {
                return null;
            }

            file = fixture.File;
        }
        else if (rows.Rows is YamlScalar inline)
        {
            file = new SourceFile(inline.Span.File.Path, inline.Text);
            place = inline.Span;
        }

        return rows.Format switch
        {
            UnitTestFormat.Dict => Dicts(rows.Rows as YamlSequence),
            UnitTestFormat.Sql => new FixedRows(file?.Text ?? string.Empty, []),
            _ when file is null => new FixedRows(null, []),
            _ => Csv(file, place),
        };
    }

    private FixtureResource? Find(string package, string test, YamlScalar name, UnitTestFormat format)
    {
        var fixtures = source.All.First(owner => owner.Name == package).Fixtures;
        var named = fixtures.Where(fixture => fixture.Name == name.Text && fixture.Format == format).Take(2).ToList();
        if (named.Count > 0)
        {
            if (named is [var first, var second])
            {
                diagnostics.Add(
                    UnitTestDiagnostics.Invalid(
                        name.Content,
                        test,
                        $"means one of two fixtures: '{first.File.Path}' and '{second.File.Path}'"
                    )
                );
            }

            return named[0];
        }

        var near = NearName.Find(name.Text, fixtures.Select(fixture => fixture.Name));
        diagnostics.Add(
            GraphDiagnostics.UnknownFixture(
                name.Content,
                name.Text,
                format == UnitTestFormat.Csv ? "csv" : "sql",
                near == name.Text ? null : near
            )
        );
        return null;
    }

    private static FixedRows Dicts(YamlSequence? sequence)
    {
        var rows = (sequence?.Items ?? []).OfType<YamlMapping>().ToList();
        return new FixedRows(
            null,
            [
                .. rows.Select(row =>
                    row.Entries.Select(entry => KeyValuePair.Create(entry.Key, YamlValues.ToNative(entry.Value)))
                        .ToImmutableArray()
                ),
            ]
        )
        {
            Columns =
            [
                .. rows.SelectMany(row => row.Entries)
                    .DistinctBy(entry => entry.Key, StringComparer.Ordinal)
                    .Select(entry => (entry.Key, entry.KeySpan)),
            ],
        };
    }

    /// <summary>A seed's own rows: what a unit test takes that says nothing of them.</summary>
    /// <param name="seed">The seed; what is wrong with its file is said where it is loaded.</param>
    public static FixedRows Own(SeedNode seed)
    {
        var table = SeedReader.Read(seed.Resource, seed.Settings).Table;
        var place = seed.Resource.File.Span(0, 0);
        return table is null
            ? new FixedRows(null, [])
            : new FixedRows(
                null,
                [
                    .. table.Rows.Select(row =>
                        row.Select((value, i) => KeyValuePair.Create(table.Columns[i].Name, (object?)value))
                            .ToImmutableArray()
                    ),
                ]
            )
            {
                Columns = [.. table.Columns.Select(column => (column.Name, place))],
            };
    }

    // Python's DictReader: blank lines are skipped, a missing value is null; dbt takes an empty one for null too.
    private FixedRows? Csv(SourceFile file, SourceSpan? place)
    {
        var reader = new CsvReader(file, ',');
        List<CsvField>? header = null;
        var rows = ImmutableArray.CreateBuilder<ImmutableArray<KeyValuePair<string, object?>>>();
        while (reader.ReadRow() is { } row)
        {
            if (row.Fields.Count == 0)
            {
                continue;
            }

            if (header is null)
            {
                header = row.Fields;
                continue;
            }

            if (row.Fields.Count > header.Count)
            {
                Report(
                    file.Span(row.Start, 1),
                    FormattableString.Invariant(
                        $"the row has {row.Fields.Count} values, but the header has {header.Count}"
                    )
                );
                return null;
            }

            rows.Add([
                .. header.Select(
                    (field, column) =>
                        KeyValuePair.Create(
                            field.Text.Trim(),
                            column < row.Fields.Count && row.Fields[column].Text.Trim() is { Length: > 0 } text
                                ? (object?)text
                                : null
                        )
                ),
            ]);
        }

        if (reader.UnclosedQuote is { } quote)
        {
            Report(file.Span(quote, 1), "the quote that opens here is not closed");
            return null;
        }

        return new FixedRows(null, rows.ToImmutable())
        {
            Columns =
            [
                .. (header ?? [])
                    .Where(field => !string.IsNullOrWhiteSpace(field.Text))
                    .Select(field => (field.Text.Trim(), place ?? file.Span(field.Start, field.End - field.Start))),
            ],
        };

        void Report(SourceSpan span, string message) =>
            diagnostics.Add(ProjectDiagnostics.SeedShape(place ?? span, message));
    }
}
