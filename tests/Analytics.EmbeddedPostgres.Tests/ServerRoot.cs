using Analytics.Testing;
using Npgsql;

namespace Analytics.EmbeddedPostgres.Tests;

/// <summary>A root folder of one test; on dispose its servers are stopped and all of it is deleted.</summary>
internal sealed class ServerRoot : IAsyncDisposable
{
    private readonly List<EmbeddedServer> started = [];

    /// <summary>A name that a shell would take apart, unless it is given to programs as it is.</summary>
    public string Path { get; } =
        System.IO.Path.Combine(AppContext.BaseDirectory, "servers", $"it's $HOME \"here\" {Guid.NewGuid():N}"[..24]);

    public List<string> Log { get; } = [];

    public static PostgresLocatorOptions Locator =>
        new()
        {
            BinDirectory = Environment.GetEnvironmentVariable(PostgresFixture.BinVariable),
            PackageDirectory = PackagedPostgres.Find(PackagedPostgres.Artifacts()),
        };

    public EmbeddedServerOptions Options(ServerPurpose purpose = ServerPurpose.Durable) =>
        new()
        {
            RootDirectory = Path,
            Purpose = purpose,
            Locator = Locator,
            Log = Log.Add,
        };

    /// <summary>Starts a server; the test is skipped where there is no PostgreSQL, and fails in CI.</summary>
    public async Task<EmbeddedServer> StartAsync(EmbeddedServerOptions? options = null)
    {
        try
        {
            var server = await EmbeddedServer.StartAsync(options ?? Options(), TestContext.Current.CancellationToken);
            started.Add(server);
            return server;
        }
        catch (PostgresNotFoundException exception) when (Environment.GetEnvironmentVariable("CI") != "true")
        {
            Assert.Skip(exception.Message);
            throw;
        }
    }

    public static NpgsqlConnectionStringBuilder Connection(EmbeddedServer server) =>
        new()
        {
            Host = server.Host,
            Port = server.Port,
            Database = server.Database,
            Username = server.User,
            Passfile = server.PassFilePath,
            Pooling = false,
        };

    public static async Task<string> QueryAsync(EmbeddedServer server, string sql, string? user = null)
    {
        var settings = Connection(server);
        settings.Username = user ?? server.User;
        await using var connection = new NpgsqlConnection(settings.ConnectionString);
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        await using var command = new NpgsqlCommand(sql, connection);
        return $"{await command.ExecuteScalarAsync(TestContext.Current.CancellationToken)}";
    }

    /// <summary>The postmaster's process number, which is the first line of its file.</summary>
    public static int ProcessId(EmbeddedServer server) =>
        int.Parse(File.ReadLines(System.IO.Path.Combine(server.DataDirectory, "postmaster.pid")).First());

    public async ValueTask DisposeAsync()
    {
        foreach (var server in started)
        {
            if (Directory.Exists(server.DataDirectory))
                await server.StopAsync(CancellationToken.None);
            await server.DisposeAsync();
            var folder = System.IO.Path.GetDirectoryName(server.DataDirectory)!;
            if (Directory.Exists(folder))
                Directory.Delete(folder, recursive: true);
        }

        if (Directory.Exists(Path))
            Directory.Delete(Path, recursive: true);
    }
}
