using Npgsql;

namespace Analytics.Deployment.Applying.Connecting;

/// <summary>
/// Tells what may well go better when it is done once more from what will go wrong again. Npgsql calls more transient than is of use here:
/// a disk that is full stays full, and a lock has been waited for already.
/// </summary>
internal static class TransientErrors
{
    /// <summary>Whether an exception is of the moment: the connection broke, or the server gave this transaction up for another.</summary>
    public static bool IsTransient(Exception exception) =>
        (exception as PostgresException ?? (exception as StatementException)?.Error) is { } error
            ? error.SqlState
                is PostgresErrorCodes.SerializationFailure
                    or PostgresErrorCodes.DeadlockDetected
                    or PostgresErrorCodes.AdminShutdown
                    or PostgresErrorCodes.TooManyConnections
                || IsStarting(error)
            : exception is NpgsqlException { IsTransient: true };

    /// <summary>Whether the server is there and says that it will soon take connections.</summary>
    public static bool IsStarting(Exception exception) =>
        exception is PostgresException { SqlState: PostgresErrorCodes.CannotConnectNow };
}
