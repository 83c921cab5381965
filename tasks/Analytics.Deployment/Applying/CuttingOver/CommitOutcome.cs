using System.Diagnostics;
using Analytics.Deployment.Planning.Sql;
using Npgsql;

namespace Analytics.Deployment.Applying.CuttingOver;

/// <summary>
/// Finds out what became of a transaction whose connection broke while it was committed: only the server knows, and it tells anybody who
/// has the transaction's id (<c>pg_xact_status</c>).
/// </summary>
/// <param name="connections">Opens a new connection.</param>
/// <param name="patience">How long the server is asked, for example while it starts again.</param>
internal sealed class CommitOutcome(NpgsqlDataSource connections, TimeSpan patience)
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(250);

    /// <summary>Asks.</summary>
    /// <param name="transaction">What <c>pg_current_xact_id()</c> said in the transaction.</param>
    /// <returns>True for committed, false for rolled back, null when the server could not be asked in time.</returns>
    public async Task<bool?> AskAsync(string transaction)
    {
        var watch = Stopwatch.StartNew();
        var query = $"select pg_catalog.pg_xact_status({SqlText.Literal(transaction)}::pg_catalog.xid8)";
        do
        {
            try
            {
                // A connection of the pool may have broken at the same time as the other.
                connections.Clear();
                await using var command = connections.CreateCommand(query);
                switch (await command.ExecuteScalarAsync().ConfigureAwait(false))
                {
                    case "committed":
                        return true;
                    case "aborted":
                        return false;
                }
            }
            catch (NpgsqlException)
            {
                // The server is on its way down or up.
            }

            await Task.Delay(Pause).ConfigureAwait(false);
        } while (watch.Elapsed < patience);

        return null;
    }
}
