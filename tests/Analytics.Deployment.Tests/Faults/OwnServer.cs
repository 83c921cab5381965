using Analytics.Testing;

namespace Analytics.Deployment.Tests.Faults;

/// <summary>A server that a test may bring down: no other test is on it.</summary>
public sealed class OwnServer : IAsyncLifetime
{
    /// <summary>The server.</summary>
    public PostgresFixture Postgres { get; } = new();

    public ValueTask InitializeAsync() => Postgres.InitializeAsync();

    public ValueTask DisposeAsync() => Postgres.DisposeAsync();
}
