using System.Collections.Immutable;

namespace Analytics.Compiler.Resolving.Nodes;

/// <summary>How a seed's file is read.</summary>
/// <param name="Delimiter">One character, <c>,</c> by default.</param>
/// <param name="ColumnTypes">PostgreSQL types by column name as written; a column without an entry is inferred.</param>
/// <param name="QuoteColumns">Whether column names keep their case.</param>
public sealed record SeedSettings(char Delimiter, ImmutableDictionary<string, string> ColumnTypes, bool QuoteColumns);
