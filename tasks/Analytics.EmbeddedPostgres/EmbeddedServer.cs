namespace Analytics.EmbeddedPostgres;

/// <summary>
/// A running private PostgreSQL. It listens on 127.0.0.1 only and asks for a password (SCRAM-SHA-256), which is in
/// <see cref="PassFilePath"/> and nowhere else. To connect: host, port, database, user, and libpq's or Npgsql's <c>Passfile</c>.
/// </summary>
public sealed class EmbeddedServer : IAsyncDisposable
{
    private EmbeddedServer() { }

    /// <summary>Always the IPv4 loopback address.</summary>
    public string Host => "127.0.0.1";

    /// <summary>The TCP port. A durable server keeps its port over restarts unless another program took it.</summary>
    public required int Port { get; init; }

    /// <summary>The database that was created with the cluster, owned by <see cref="User"/>.</summary>
    public required string Database { get; init; }

    /// <summary>The role that owns the database; not a superuser.</summary>
    public required string User { get; init; }

    /// <summary>The superuser. Its password is in the same file.</summary>
    public string SuperUser => "postgres";

    /// <summary>A file in <c>.pgpass</c> format, readable by the current user only, that matches this host on any port.</summary>
    public required string PassFilePath { get; init; }

    /// <summary>
    /// The cluster's data folder: <c>data</c> below the root folder; or, as root with a root folder that the server's user
    /// cannot enter, a folder below <c>/var/lib/analytics-sdk</c>.
    /// </summary>
    public required string DataDirectory { get; init; }

    /// <summary>The server's log, started anew at each start; the previous one is beside it with <c>.1</c> at the end.</summary>
    public required string LogFilePath { get; init; }

    /// <summary>The major version of the cluster, such as 18.</summary>
    public required int MajorVersion { get; init; }

    /// <summary>True when this call started the server, false when a running one is reused.</summary>
    public required bool WasStarted { get; init; }

    /// <summary>
    /// Gives a server that answers: reuses the running one, restarts one that crashed, or creates the cluster. Any number of
    /// processes may call it at once for one root folder; exactly one durable server results.
    /// </summary>
    /// <exception cref="PostgresNotFoundException">A server must be started and there are no programs for it.</exception>
    /// <exception cref="EmbeddedPostgresException">The cluster belongs to another major version, or the server does not start.</exception>
    public static Task<EmbeddedServer> StartAsync(EmbeddedServerOptions options, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(options);
        cancellationToken.ThrowIfCancellationRequested();
        throw new EmbeddedPostgresException("No server can be started yet.");
    }

    /// <summary>Stops the server, whoever started it; open connections are closed and their transactions rolled back.</summary>
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Stops and deletes a throw-away server. A durable one is left running.</summary>
    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
