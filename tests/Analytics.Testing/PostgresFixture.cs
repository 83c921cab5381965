using System.Globalization;
using Npgsql;
using Xunit;

namespace Analytics.Testing;

/// <summary>
/// One PostgreSQL for a test project: <c>[assembly: AssemblyFixture(typeof(PostgresFixture))]</c>. It is a container where Docker answers, else
/// a throw-away private server. Tests run in parallel in databases of their own: <see cref="CreateDatabaseAsync"/>.
/// </summary>
/// <remarks>
/// Without any server the tests that ask for one are skipped with the reason; where the environment variable <c>CI</c> is <c>true</c> they fail.
/// <c>ANALYTICS_TEST_POSTGRES_BIN</c>, a folder with PostgreSQL's programs, chooses that version and no container.
/// </remarks>
public sealed class PostgresFixture : IAsyncLifetime
{
    /// <summary>Names the folder of the programs that a run is to use.</summary>
    public const string BinVariable = "ANALYTICS_TEST_POSTGRES_BIN";

    private ITestServer? server;
    private string? whyNot;
    private int databases;

    /// <summary>The superuser's connection string, to the database <c>postgres</c>.</summary>
    public string SuperUserConnectionString => Server.SuperUser.ConnectionString;

    /// <summary>What serves, for a person, such as <c>PostgreSQL 15.14 (PATH)</c>.</summary>
    public string Description => Server.Description;

    private ITestServer Server
    {
        get
        {
            if (server is null)
            {
                var reason = "No PostgreSQL for this test: " + (whyNot ?? "the fixture has not begun");
                if (string.Equals(Environment.GetEnvironmentVariable("CI"), "true", StringComparison.OrdinalIgnoreCase))
                    Assert.Fail(reason);
                Assert.Skip(reason);
            }

            return server;
        }
    }

    /// <summary>Starts the server. Does not throw when there is none: the test that needs it says so.</summary>
    public async ValueTask InitializeAsync()
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        var binDirectory = Environment.GetEnvironmentVariable(BinVariable);
        try
        {
            if (string.IsNullOrEmpty(binDirectory))
                server = await ContainerServer.TryStartAsync(cancellationToken);
            server ??= await PrivateServer.StartAsync(binDirectory, cancellationToken);
        }
        catch (EmbeddedPostgres.EmbeddedPostgresException exception)
        {
            whyNot = exception.Message;
        }
    }

    /// <summary>
    /// A new database, owned by the role <c>dbt</c>, for one test class or one test. Dispose it to drop it.
    /// </summary>
    /// <param name="template">
    /// The database to copy, which nobody may be connected to; null for an empty one.
    /// </param>
    /// <param name="cancellationToken">The test's.</param>
    public async Task<TestDatabase> CreateDatabaseAsync(
        string? template = null,
        CancellationToken cancellationToken = default
    )
    {
        var number = Interlocked.Increment(ref databases).ToString(CultureInfo.InvariantCulture);
        var name = $"test_{Environment.ProcessId}_{number}";
        await using var connection = new NpgsqlConnection(SuperUserConnectionString);
        await connection.OpenAsync(cancellationToken);
        await using var create = connection.CreateCommand();
        create.CommandText = $"create database \"{name}\" owner dbt template \"{template ?? "template1"}\"";
        await create.ExecuteNonQueryAsync(cancellationToken);
        return new TestDatabase(name, Server.Owner, Server.SuperUser);
    }

    /// <summary>Stops the server and deletes its data.</summary>
    public async ValueTask DisposeAsync()
    {
        if (server is not null)
            await server.DisposeAsync();
    }
}
