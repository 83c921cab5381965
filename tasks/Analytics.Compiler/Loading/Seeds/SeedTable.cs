using System.Collections.Immutable;
using Analytics.Compiler.Diagnostics;

namespace Analytics.Compiler.Loading.Seeds;

/// <summary>The rows of a seed.</summary>
/// <param name="Columns">In the order of the file.</param>
/// <param name="Rows">
/// In the order of the file, each with one value per column: text that PostgreSQL reads as the column's type, or null for
/// SQL's NULL.
/// </param>
public sealed record SeedTable(ImmutableArray<SeedColumn> Columns, ImmutableArray<ImmutableArray<string?>> Rows);

/// <summary>A column of a seed.</summary>
/// <param name="Name">As the table has it: as in the header, or lower-cased where column names are not quoted.</param>
/// <param name="PostgresType">The type as SQL: inferred, or from <c>column_types</c> verbatim.</param>
public sealed record SeedColumn(string Name, string PostgresType);

/// <summary>What reading a seed gave.</summary>
/// <param name="Table">Null when there is an error.</param>
/// <param name="Diagnostics">In the order of the file.</param>
public sealed record SeedResult(SeedTable? Table, ImmutableArray<Diagnostic> Diagnostics);
