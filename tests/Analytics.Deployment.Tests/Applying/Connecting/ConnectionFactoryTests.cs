using Analytics.Deployment.Applying.Connecting;
using Analytics.Deployment.Tests.Support;
using Npgsql;

namespace Analytics.Deployment.Tests.Applying.Connecting;

public sealed class ConnectionFactoryTests
{
    private static readonly ServerAddress Address = ServerAddress.Of(TestCompiler.Target);

    [Fact]
    public void The_connection_that_holds_the_lock_is_kept_alive_while_it_is_silent()
    {
        using var sessions = ConnectionFactory.CreateSession(TestCompiler.Target, Address, "shop");

        Assert.InRange(new NpgsqlConnectionStringBuilder(sessions.ConnectionString).KeepAlive, 1, 60);
    }

    [Theory]
    [InlineData("0", 0)]
    [InlineData("45", 45)]
    public void Every_connection_asks_TCP_to_keep_it_alive_as_libpq_does(string idle, int seconds)
    {
        var target = TestCompiler.Target with
        {
            Settings = new Dictionary<string, string> { ["keepalives_idle"] = idle },
        };
        using var workers = ConnectionFactory.CreateWorkers(target, Address, "shop", new PublishLock(1));

        var connection = new NpgsqlConnectionStringBuilder(workers.ConnectionString);
        Assert.True(connection.TcpKeepAlive);
        Assert.Equal(seconds, connection.TcpKeepAliveTime);
    }
}
