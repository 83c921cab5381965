using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Npgsql;

namespace Analytics.Deployment.Applying.Connecting;

/// <summary>
/// One publish per target. The lock is the server's, held by one connection of the publish: when the process dies, the connection
/// does, and the lock is free. The cut-over runs on that very connection, so it cannot happen after the lock was lost.
/// </summary>
/// <param name="Key">The advisory lock that the publish holds alone.</param>
internal sealed record PublishLock(long Key)
{
    private const int Attempts = 5;

    // How long an orphan is given to end.
    private const string OrphanMilliseconds = "5000";

    private static readonly TimeSpan BetweenAttempts = TimeSpan.FromMilliseconds(100);

    /// <summary>Shared by every worker's connection of the publish: who holds it although nobody holds <see cref="Key"/> is an orphan.</summary>
    public long MemberKey => unchecked(Key + 1);

    /// <summary>The lock of a project's base schema.</summary>
    public static PublishLock Of(string project, string database, string schema)
    {
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes($"analytics-sdk\0{project}\0{database}\0{schema}"));
        return new PublishLock(BinaryPrimitives.ReadInt64LittleEndian(hash));
    }

    /// <summary>
    /// Takes the lock. Connections that a killed publish left behind are ended: what they still run must not get into the way.
    /// </summary>
    /// <returns>Null when the lock was taken; else who holds it.</returns>
    public async Task<string?> TryTakeAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await using var take = new NpgsqlCommand("select pg_catalog.pg_try_advisory_lock($1)", connection);
        take.Parameters.Add(new NpgsqlParameter { Value = Key });
        for (
            var attempt = 1;
            await take.ExecuteScalarAsync(cancellationToken).ConfigureAwait(false) is not true;
            attempt++
        )
        {
            // A server needs a moment to see that a process was killed.
            if (attempt == Attempts)
            {
                return await HolderAsync(connection, cancellationToken).ConfigureAwait(false);
            }

            await Task.Delay(BetweenAttempts, cancellationToken).ConfigureAwait(false);
        }

        await EndOrphansAsync(connection, cancellationToken).ConfigureAwait(false);
        return null;
    }

    /// <summary>Gives the lock back; with a connection that broke it is free already.</summary>
    public async Task ReleaseAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        if (!connection.FullState.HasFlag(System.Data.ConnectionState.Open))
        {
            return;
        }

        await using var release = new NpgsqlCommand("select pg_catalog.pg_advisory_unlock($1)", connection);
        release.Parameters.Add(new NpgsqlParameter { Value = Key });
        await release.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Whether a server's process holds the lock.</summary>
    public async Task<bool> IsHeldAsync(NpgsqlConnection connection, int process, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(
            $"select exists (select 1 from pg_catalog.pg_locks l where {Matches} and l.granted and l.pid = $3)",
            connection
        );
        AddKey(command, Key);
        command.Parameters.Add(new NpgsqlParameter { Value = process });
        return await command.ExecuteScalarAsync(cancellationToken).ConfigureAwait(false) is true;
    }

    /// <summary>Ends a worker's process that lost its client, and waits for that.</summary>
    /// <remarks>A process of that number that is no worker of this publish is left alone.</remarks>
    public Task EndMemberAsync(NpgsqlConnection connection, int process, CancellationToken cancellationToken) =>
        EndMembersAsync(connection, "l.pid = $3", process, cancellationToken);

    private Task EndOrphansAsync(NpgsqlConnection connection, CancellationToken cancellationToken) =>
        EndMembersAsync(connection, "l.pid <> $3", connection.ProcessID, cancellationToken);

    // As the login role: it may end what it began itself, the role that it acts as need not. Each is waited for, so that what it runs
    // cannot write any more into what is being cleaned.
    private async Task EndMembersAsync(
        NpgsqlConnection connection,
        string which,
        int process,
        CancellationToken cancellationToken
    )
    {
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken).ConfigureAwait(false);
        await using var asLogin = new NpgsqlCommand("set local role none", connection, transaction);
        await asLogin.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
        await using var end = new NpgsqlCommand(
            $"select pg_catalog.pg_terminate_backend(l.pid, {OrphanMilliseconds}) from pg_catalog.pg_locks l where {Matches} and {which}",
            connection,
            transaction
        );
        AddKey(end, MemberKey);
        end.Parameters.Add(new NpgsqlParameter { Value = process });
        await end.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
        await transaction.CommitAsync(cancellationToken).ConfigureAwait(false);
    }

    // How pg_locks shows an advisory lock of one bigint key in this database.
    private const string Matches = """
        l.locktype = 'advisory' and l.objsubid = 1 and l.classid = $1 and l.objid = $2
          and l.database = (select oid from pg_catalog.pg_database where datname = current_database())
        """;

    private async Task<string> HolderAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(
            $"""
            select a.pid, a.application_name, a.usename::text, a.backend_start
            from pg_catalog.pg_locks l join pg_catalog.pg_stat_activity a on a.pid = l.pid
            where {Matches} and l.granted
            """,
            connection
        );
        AddKey(command, Key);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
        if (!await reader.ReadAsync(cancellationToken).ConfigureAwait(false))
        {
            return "it has just ended; try again";
        }

        var since = await reader.IsDBNullAsync(3, cancellationToken).ConfigureAwait(false)
            ? string.Empty
            : $", since {reader.GetDateTime(3).ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture)} UTC";
        return FormattableString.Invariant(
            $"server process {reader.GetInt32(0)}, '{reader.GetString(1)}' of user {reader.GetString(2)}{since}"
        );
    }

    private static void AddKey(NpgsqlCommand command, long key)
    {
        command.Parameters.Add(
            new NpgsqlParameter { Value = (uint)(key >> 32), NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Oid }
        );
        command.Parameters.Add(new NpgsqlParameter { Value = (uint)key, NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Oid });
    }
}
