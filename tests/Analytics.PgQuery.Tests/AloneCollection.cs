namespace Analytics.PgQuery.Tests;

/// <summary>Tests that look at the whole process, and so must not share it with others.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class AloneCollection
{
    public const string Name = "Alone";
}
