namespace Analytics.Deployment.Testing.Units;

/// <summary>A column of rows that a unit test writes.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">The type its values are cast to; null where nobody knows it.</param>
internal sealed record FixtureColumn(string Name, string? Type);

/// <summary>The columns that rows may have.</summary>
/// <param name="Columns">In the order of the relation.</param>
/// <param name="AreAll">Whether the relation has no others: then a row that names another one is wrong.</param>
internal sealed record FixtureColumns(IReadOnlyList<FixtureColumn> Columns, bool AreAll)
{
    /// <summary>The column of a name, else one that differs in upper and lower case only; null for none.</summary>
    public FixtureColumn? Find(string name) =>
        Columns.FirstOrDefault(column => column.Name == name)
        ?? Columns.FirstOrDefault(column => string.Equals(column.Name, name, StringComparison.OrdinalIgnoreCase));
}
