using Npgsql;

namespace Analytics.Testing;

/// <summary>A PostgreSQL that lives as long as the fixture. Both roles may be copied and changed by the caller.</summary>
internal interface ITestServer : IAsyncDisposable
{
    public string Description { get; }

    public NpgsqlConnectionStringBuilder SuperUser { get; }

    /// <summary>The role <c>dbt</c>.</summary>
    public NpgsqlConnectionStringBuilder Owner { get; }
}
