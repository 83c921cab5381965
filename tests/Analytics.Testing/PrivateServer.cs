using Analytics.EmbeddedPostgres;
using Npgsql;

namespace Analytics.Testing;

/// <summary>A throw-away private server on the programs that this machine has.</summary>
internal sealed class PrivateServer : ITestServer
{
    private readonly EmbeddedServer server;

    private PrivateServer(EmbeddedServer server) => this.server = server;

    public string Description => $"private PostgreSQL {server.MajorVersion}";

    public NpgsqlConnectionStringBuilder SuperUser => Connection("postgres", server.SuperUser);

    public NpgsqlConnectionStringBuilder Owner => Connection(server.Database, server.User);

    public static async Task<PrivateServer> StartAsync(string? binDirectory, CancellationToken cancellationToken)
    {
        var options = new EmbeddedServerOptions
        {
            RootDirectory = RootDirectory(),
            Purpose = ServerPurpose.Throwaway,
            Locator = new PostgresLocatorOptions { BinDirectory = binDirectory },
        };
        return new PrivateServer(await EmbeddedServer.StartAsync(options, cancellationToken));
    }

    public ValueTask DisposeAsync() => server.DisposeAsync();

    /// <summary>
    /// One folder for all test projects of the repository, so that they share the template cluster: in the build's output,
    /// which is <c>artifacts/bin/(project)/(configuration)</c>.
    /// </summary>
    private static string RootDirectory()
    {
        const string Artifacts = "artifacts";
        var directory = new DirectoryInfo(AppContext.BaseDirectory);
        while (directory is not null && directory.Name != Artifacts)
            directory = directory.Parent;
        return Path.Combine(directory?.FullName ?? AppContext.BaseDirectory, "postgres-tests");
    }

    private NpgsqlConnectionStringBuilder Connection(string database, string user) =>
        new()
        {
            Host = server.Host,
            Port = server.Port,
            Database = database,
            Username = user,
            Passfile = server.PassFilePath,
        };
}
