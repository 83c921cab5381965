using Analytics.EmbeddedPostgres;
using Npgsql;

namespace Analytics.Testing;

/// <summary>A throw-away private server on the programs that this machine has, or on those of the package.</summary>
internal sealed class PrivateServer : ITestServer
{
    private readonly EmbeddedServer server;

    private PrivateServer(EmbeddedServer server) => this.server = server;

    public string Description => $"private PostgreSQL {server.MajorVersion}";

    public NpgsqlConnectionStringBuilder SuperUser => Connection("postgres", server.SuperUser);

    public NpgsqlConnectionStringBuilder Owner => Connection(server.Database, server.User);

    public static async Task<PrivateServer> StartAsync(string? binDirectory, CancellationToken cancellationToken)
    {
        var artifacts = PackagedPostgres.Artifacts();
        var options = new EmbeddedServerOptions
        {
            RootDirectory = Path.Combine(artifacts, "postgres-tests"),
            Purpose = ServerPurpose.Throwaway,
            Locator = new PostgresLocatorOptions
            {
                BinDirectory = binDirectory,
                PackageDirectory = PackagedPostgres.Find(artifacts),
            },
        };
        return new PrivateServer(await EmbeddedServer.StartAsync(options, cancellationToken));
    }

    public ValueTask DisposeAsync() => server.DisposeAsync();

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
