using System.Collections.Immutable;
using Analytics.Compiler.Diagnostics;
using Analytics.Compiler.Rendering;
using Analytics.Compiler.Resolving.Nodes;

namespace Analytics.Deployment.Testing.Units;

/// <summary>The columns that rows may have.</summary>
/// <param name="Columns">In the order of the relation.</param>
/// <param name="AreAll">Whether the relation has no others: then a row that names another one is wrong.</param>
internal sealed record FixtureColumns(IReadOnlyList<FixtureColumn> Columns, bool AreAll)
{
    /// <summary>All columns of a relation or query; of those that a query gives twice, the first.</summary>
    public static FixtureColumns Of(ImmutableArray<WarehouseColumn> columns) =>
        new(
            [
                .. columns
                    .DistinctBy(column => column.Name, StringComparer.Ordinal)
                    .Select(column => new FixtureColumn(column.Name, column.Type)),
            ],
            true
        );

    /// <summary>The column of a name, else one that differs in upper and lower case only; null for none.</summary>
    public FixtureColumn? Find(string name) =>
        Columns.FirstOrDefault(column => column.Name == name)
        ?? Columns.FirstOrDefault(column => string.Equals(column.Name, name, StringComparison.OrdinalIgnoreCase));

    /// <summary>One diagnostic for each column that rows name and that there is not.</summary>
    /// <param name="rows">The rows.</param>
    /// <param name="fixture">What they are for, as a message says it.</param>
    public IEnumerable<Diagnostic> Unknown(FixedRows rows, string fixture) =>
        AreAll
            ? rows
                .Columns.Where(column => Find(column.Name) is null)
                .Select(column =>
                    UnitTestDiagnostics.UnknownColumn(
                        column.Span,
                        column.Name,
                        fixture,
                        [.. Columns.Select(each => each.Name)]
                    )
                )
            : [];
}
