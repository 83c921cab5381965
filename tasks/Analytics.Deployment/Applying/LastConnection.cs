using System.Data;
using Npgsql;

namespace Analytics.Deployment.Applying;

/// <summary>
/// Where that runs which is due when the new relations are live: on the connection that cut over, or, where that broke although the server
/// has committed, on another one. The lock went with the first; what is left to do does not need it.
/// </summary>
/// <param name="session">The connection that cut over.</param>
/// <param name="connections">Opens the other one.</param>
internal sealed class LastConnection(NpgsqlConnection session, NpgsqlDataSource connections) : IAsyncDisposable
{
    private NpgsqlConnection? another;

    /// <summary>Sends statements over it.</summary>
    /// <exception cref="NpgsqlException">There was none to be had.</exception>
    public async Task<StatementRunner> RunnerAsync(CancellationToken cancellationToken)
    {
        if (session.FullState.HasFlag(ConnectionState.Open))
        {
            return new StatementRunner(session);
        }

        another ??= await connections.OpenConnectionAsync(cancellationToken).ConfigureAwait(false);
        return new StatementRunner(another);
    }

    /// <inheritdoc />
    public ValueTask DisposeAsync() => another?.DisposeAsync() ?? default;
}
