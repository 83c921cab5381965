namespace Analytics.EmbeddedPostgres;

/// <summary>Which private server is wanted.</summary>
public sealed record EmbeddedServerOptions
{
    /// <summary>
    /// The folder that the cluster, its lock and its password file live in, such as a project's <c>obj/postgres</c>. It is
    /// created when missing. As root the data may lie elsewhere: see <see cref="EmbeddedServer.DataDirectory"/>.
    /// </summary>
    public required string RootDirectory { get; init; }

    /// <summary>Where to look for the programs. Not looked at when a healthy server already runs.</summary>
    public PostgresLocatorOptions Locator { get; init; } = new();

    /// <summary>Durable or throw-away.</summary>
    public ServerPurpose Purpose { get; init; } = ServerPurpose.Durable;

    /// <summary>The database that is created with the cluster: lower-case letters, digits and underscores.</summary>
    public string Database { get; init; } = "analytics";

    /// <summary>The role that owns <see cref="Database"/>; it may log in and is not a superuser. Spelt as the database.</summary>
    public string Owner { get; init; } = "dbt";

    /// <summary>Told, from any thread, what takes time or may surprise: the cluster is created, the data lies elsewhere.</summary>
    public Action<string>? Log { get; init; }

    /// <summary>How long to wait for another process that starts the same server, and for the server itself.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(60);
}
