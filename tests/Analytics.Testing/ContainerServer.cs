using System.Net.Sockets;
using System.Text;
using Npgsql;
using Testcontainers.PostgreSql;

namespace Analytics.Testing;

/// <summary>PostgreSQL in a container.</summary>
internal sealed class ContainerServer : ITestServer
{
    private const string Image = "postgres:18-alpine";

    private const string OwnerName = "dbt";

    /// <summary>The container is reachable from this machine only and lives for minutes.</summary>
    private const string OwnerPassword = "dbt";

    private static readonly TimeSpan PingPatience = TimeSpan.FromSeconds(1);

    private readonly PostgreSqlContainer container;

    private ContainerServer(PostgreSqlContainer container) => this.container = container;

    public string Description => "container " + Image;

    public NpgsqlConnectionStringBuilder SuperUser => new(container.GetConnectionString());

    public NpgsqlConnectionStringBuilder Owner =>
        new(container.GetConnectionString())
        {
            Username = OwnerName,
            Password = OwnerPassword,
            Database = "analytics",
        };

    /// <summary>The container; null where no Docker engine answers within a second.</summary>
    public static async Task<ContainerServer?> TryStartAsync(CancellationToken cancellationToken)
    {
        if (!await DockerAnswersAsync(cancellationToken))
            return null;
        var container = new PostgreSqlBuilder(Image).WithDatabase("postgres").WithUsername("postgres").Build();
        await container.StartAsync(cancellationToken);
        var server = new ContainerServer(container);
        await using var connection = new NpgsqlConnection(server.SuperUser.ConnectionString);
        await connection.OpenAsync(cancellationToken);
        foreach (
            var statement in new[]
            {
                $"create role {OwnerName} login password '{OwnerPassword}'",
                $"create database analytics owner {OwnerName}",
            }
        )
        {
            await using var command = new NpgsqlCommand(statement, connection);
            await command.ExecuteNonQueryAsync(cancellationToken);
        }

        return server;
    }

    public ValueTask DisposeAsync() => container.DisposeAsync();

    /// <summary>
    /// The engine's own ping, over its socket or the address in <c>DOCKER_HOST</c>. Testcontainers asks too, but takes its time
    /// where no engine is.
    /// </summary>
    private static async Task<bool> DockerAnswersAsync(CancellationToken cancellationToken)
    {
        if (OperatingSystem.IsWindows())
            return File.Exists(@"\\.\pipe\docker_engine");
        var host = Environment.GetEnvironmentVariable("DOCKER_HOST");
        if (
            !Uri.TryCreate(
                host is { Length: > 0 } ? host : "unix:///var/run/docker.sock",
                UriKind.Absolute,
                out var uri
            )
        )
            return false;
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(PingPatience);
        var isUnix = uri.Scheme == "unix";
        using var socket = isUnix
            ? new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified)
            : new Socket(SocketType.Stream, ProtocolType.Tcp);
        try
        {
            if (isUnix)
                await socket.ConnectAsync(new UnixDomainSocketEndPoint(uri.LocalPath), limit.Token);
            else
                await socket.ConnectAsync(uri.Host, uri.Port, limit.Token);
            await socket.SendAsync(Encoding.ASCII.GetBytes("GET /_ping HTTP/1.0\r\nHost: docker\r\n\r\n"), limit.Token);
            var answer = new byte[64];
            var length = await socket.ReceiveAsync(answer, limit.Token);
            return Encoding.ASCII.GetString(answer, 0, length).Contains(" 200 ", StringComparison.Ordinal);
        }
        catch (Exception exception) when (exception is SocketException or OperationCanceledException)
        {
            cancellationToken.ThrowIfCancellationRequested();
            return false;
        }
    }
}
