using System.Collections.Immutable;

namespace Analytics.Compiler.Resolving.Nodes;

/// <summary>An index that a table gets before it becomes visible.</summary>
/// <param name="Columns">Columns or expressions, verbatim SQL (<c>lower(name)</c>, <c>id desc</c>); at least one.</param>
/// <param name="Unique">Whether it is <c>create unique index</c>.</param>
/// <param name="Method">The access method after <c>using</c>; null for PostgreSQL's default, btree.</param>
public sealed record IndexDefinition(ImmutableArray<string> Columns, bool Unique, string? Method);
