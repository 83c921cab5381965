namespace Analytics.EmbeddedPostgres;

/// <summary>What a user or the build may say about where a PostgreSQL is.</summary>
public sealed record PostgresLocatorOptions
{
    /// <summary>
    /// The explicit setting: a folder with the programs, or its parent. When it is set nothing else is looked at, and a
    /// folder without a usable PostgreSQL is an error. Null or empty means to search.
    /// </summary>
    public string? BinDirectory { get; init; }

    /// <summary>
    /// Where NuGet extracted the package <c>Analytics.Postgres.&lt;rid&gt;</c>: the last place that is looked at. Null or
    /// empty when the project restored no such package.
    /// </summary>
    public string? PackageDirectory { get; init; }

    /// <summary>
    /// Look only for this major version, such as 15: a cluster opens only with the major version that made it. Null
    /// means 15 or newer, the newest first.
    /// </summary>
    public int? Major { get; init; }
}
