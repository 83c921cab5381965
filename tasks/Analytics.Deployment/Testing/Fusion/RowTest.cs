using System.Collections.Immutable;

namespace Analytics.Deployment.Testing.Fusion;

/// <summary>A data test that asks something of each row of one relation by itself.</summary>
/// <param name="Relation">The relation as SQL, every part of its name quoted.</param>
/// <param name="Condition">SQL over the relation's columns, which stand there without qualifiers: true for a row that must not be.</param>
/// <param name="Checks">
/// SQL expressions that the test's own query has and that decide nothing: they must be legal over a row all the same, or the test is wrong.
/// </param>
/// <param name="Functions">The names of the functions that are called, without schemas.</param>
/// <param name="IsGrouped">
/// Whether the test's query gives one row for many: none exactly when no row meets the condition, but else another number of them.
/// </param>
internal sealed record RowTest(
    string Relation,
    string Condition,
    ImmutableArray<string> Checks,
    ImmutableSortedSet<string> Functions,
    bool IsGrouped
);
