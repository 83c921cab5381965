namespace Analytics.Deployment.Testing.Units;

/// <summary>A column of rows that a unit test writes.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">The type its values are cast to; null where nobody knows it.</param>
internal sealed record FixtureColumn(string Name, string? Type);
