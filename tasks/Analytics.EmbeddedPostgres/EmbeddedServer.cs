using System.Text.RegularExpressions;
using Analytics.EmbeddedPostgres.Clusters;
using Analytics.EmbeddedPostgres.Running;

namespace Analytics.EmbeddedPostgres;

/// <summary>
/// A running private PostgreSQL. It listens on 127.0.0.1 only and asks for a password (SCRAM-SHA-256), which is in
/// <see cref="PassFilePath"/> and nowhere else. To connect: host, port, database, user, and libpq's or Npgsql's <c>Passfile</c>.
/// </summary>
public sealed partial class EmbeddedServer : IAsyncDisposable
{
    private readonly Func<CancellationToken, Task> stop;
    private readonly Func<Task>? delete;
    private bool disposed;

    internal EmbeddedServer(Func<CancellationToken, Task> stop, Func<Task>? delete)
    {
        this.stop = stop;
        this.delete = delete;
    }

    /// <summary>Always the IPv4 loopback address.</summary>
    public string Host => "127.0.0.1";

    /// <summary>The TCP port. A durable server keeps its port over restarts unless another program took it.</summary>
    public required int Port { get; init; }

    /// <summary>The database that was created with the cluster, owned by <see cref="User"/>.</summary>
    public required string Database { get; init; }

    /// <summary>The role that owns the database; not a superuser.</summary>
    public required string User { get; init; }

    /// <summary>The superuser. Its password is in the same file.</summary>
    public string SuperUser => ClusterMaker.SuperUser;

    /// <summary>A file in <c>.pgpass</c> format, readable by the current user only, that matches this host on any port.</summary>
    public required string PassFilePath { get; init; }

    /// <summary>
    /// The cluster's data folder: <c>data</c> below the root folder (throw-away: below <c>run-…</c>); or, as root with a root
    /// folder that the server's account cannot enter, below <c>/var/lib/analytics-sdk</c>.
    /// </summary>
    public required string DataDirectory { get; init; }

    /// <summary>The server's log, started anew at each start; the previous one is beside it with <c>.1</c> at the end.</summary>
    public required string LogFilePath { get; init; }

    /// <summary>The major version of the cluster, such as 18.</summary>
    public required int MajorVersion { get; init; }

    /// <summary>True when this call started the server, false when a running one is reused.</summary>
    public required bool WasStarted { get; init; }

    /// <summary>
    /// Gives a server that answers. Durable: reuses the running one, restarts one that crashed, or creates the cluster; any
    /// number of processes may call it at once for one root folder, and one server results. Throw-away: always a new one.
    /// </summary>
    /// <exception cref="ArgumentException">A name in the options is not a plain lower-case identifier.</exception>
    /// <exception cref="PostgresNotFoundException">A server must be started and there are no programs for it.</exception>
    /// <exception cref="EmbeddedPostgresException">
    /// The cluster belongs to another major version, the folder cannot be written, or the server does not start.
    /// </exception>
    public static async Task<EmbeddedServer> StartAsync(
        EmbeddedServerOptions options,
        CancellationToken cancellationToken
    )
    {
        ArgumentNullException.ThrowIfNull(options);
        RequireIdentifier(options.Database);
        RequireIdentifier(options.Owner);
        var root = Path.GetFullPath(options.RootDirectory);
        try
        {
            return options.Purpose == ServerPurpose.Durable
                ? await DurableServer.StartAsync(root, options, cancellationToken)
                : await ThrowawayServer.StartAsync(root, options, cancellationToken);
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            throw new EmbeddedPostgresException($"No server can be kept in '{root}': {cause.Message}", cause);
        }
    }

    /// <summary>The durable server of a root folder when it runs and answers, else null. Starts and creates nothing.</summary>
    public static Task<EmbeddedServer?> FindRunningAsync(
        EmbeddedServerOptions options,
        CancellationToken cancellationToken
    )
    {
        ArgumentNullException.ThrowIfNull(options);
        return DurableServer.FindRunningAsync(Path.GetFullPath(options.RootDirectory), options, cancellationToken);
    }

    /// <summary>Stops the server, whoever started it; open connections are closed and their transactions rolled back.</summary>
    public Task StopAsync(CancellationToken cancellationToken) => stop(cancellationToken);

    /// <summary>Stops and deletes a throw-away server. A durable one is left running.</summary>
    public async ValueTask DisposeAsync()
    {
        if (disposed)
            return;
        disposed = true;
        if (delete is not null)
            await delete();
    }

    /// <summary>The names go into SQL and into the password file as they are.</summary>
    private static void RequireIdentifier(string name)
    {
        if (!Identifier().IsMatch(name))
            throw new ArgumentException($"'{name}' is not a lower-case identifier.", nameof(name));
    }

    [GeneratedRegex("^[a-z_][a-z0-9_]{0,62}$", RegexOptions.CultureInvariant)]
    private static partial Regex Identifier();
}
