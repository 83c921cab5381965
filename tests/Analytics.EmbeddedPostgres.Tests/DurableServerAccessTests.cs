using Npgsql;

namespace Analytics.EmbeddedPostgres.Tests;

/// <summary>Who gets in, on one server that the tests only look at.</summary>
public sealed class DurableServerAccessTests(DurableServerAccessTests.RunningServer shared)
    : IClassFixture<DurableServerAccessTests.RunningServer>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task It_listens_on_the_loopback_address_only_and_has_no_other_door()
    {
        var server = await shared.ServerAsync();
        Assert.Equal("127.0.0.1", await ServerRoot.QueryAsync(server, "show listen_addresses"));
        Assert.Equal("", await ServerRoot.QueryAsync(server, "show unix_socket_directories", server.SuperUser));
    }

    [Theory]
    [InlineData("postgres")]
    [InlineData("dbt")]
    public async Task A_wrong_password_is_refused(string user)
    {
        var server = await shared.ServerAsync();
        var settings = ServerRoot.Connection(server);
        settings.Username = user;
        settings.Passfile = null;
        settings.Password = "guess";
        await using var connection = new NpgsqlConnection(settings.ConnectionString);
        var refusal = await Assert.ThrowsAsync<PostgresException>(() => connection.OpenAsync(Cancellation));
        Assert.Equal("28P01", refusal.SqlState);
    }

    [Fact]
    public async Task The_owner_is_no_superuser_and_owns_the_database()
    {
        const string Sql = """
            select concat_ws(' ', usesuper, usecreatedb, pg_get_userbyid(datdba), pg_encoding_to_char(encoding), datcollate)
            from pg_user, pg_database where usename = current_user and datname = current_database()
            """;
        var server = await shared.ServerAsync();
        Assert.Equal("f f dbt UTF8 C", await ServerRoot.QueryAsync(server, Sql));
    }

    [Fact]
    public async Task Passwords_are_in_one_file_that_only_its_user_reads()
    {
        var server = await shared.ServerAsync();
        var passwords = (await File.ReadAllLinesAsync(server.PassFilePath, Cancellation))
            .Select(line => line.Split(':')[4])
            .Distinct()
            .ToList();
        Assert.Equal(2, passwords.Count);
        Assert.All(passwords, password => Assert.Equal(48, password.Length));
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(server.PassFilePath));
            Assert.Equal(
                UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute,
                File.GetUnixFileMode(server.DataDirectory)
            );
        }

        var everywhere = Directory
            .EnumerateFiles(shared.Root.Path, "*", SearchOption.AllDirectories)
            .Where(file => file != server.PassFilePath);
        foreach (var file in everywhere)
        {
            var text = await File.ReadAllTextAsync(file, Cancellation);
            Assert.All(passwords, password => Assert.DoesNotContain(password, text, StringComparison.Ordinal));
        }
    }

    public sealed class RunningServer : IAsyncDisposable
    {
        private Task<EmbeddedServer>? started;

        internal ServerRoot Root { get; } = new();

        /// <summary>Started by the first test that asks, so that it is the test that is skipped without PostgreSQL.</summary>
        public Task<EmbeddedServer> ServerAsync() => started ??= Root.StartAsync();

        public ValueTask DisposeAsync() => Root.DisposeAsync();
    }
}
