using System.Data;
using Analytics.Deployment.Applying.Connecting;
using Npgsql;

namespace Analytics.Deployment.Applying.Building;

/// <summary>The connection of one worker; one that broke is replaced when it is needed next.</summary>
/// <param name="connections">The pool.</param>
/// <param name="reconnection">Opens it.</param>
internal sealed class WorkerConnection(NpgsqlDataSource connections, Reconnection reconnection) : IAsyncDisposable
{
    private NpgsqlConnection? connection;

    /// <summary>Whether there is one that has not broken.</summary>
    public bool IsOpen => connection is not null && connection.FullState.HasFlag(ConnectionState.Open);

    /// <summary>The server's process that serves it; it stays known when the connection has broken.</summary>
    public int Process { get; private set; }

    /// <summary>Sends statements over it.</summary>
    public async Task<StatementRunner> RunnerAsync(CancellationToken cancellationToken)
    {
        if (!IsOpen)
        {
            await DisposeAsync().ConfigureAwait(false);
            connection = await reconnection.OpenAsync(connections, cancellationToken).ConfigureAwait(false);
            Process = connection.ProcessID;
        }

        return new StatementRunner(connection!);
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        if (connection is not null)
        {
            await connection.DisposeAsync().ConfigureAwait(false);
            connection = null;
        }
    }
}
