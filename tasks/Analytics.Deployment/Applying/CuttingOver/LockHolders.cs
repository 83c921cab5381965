using Npgsql;
using NpgsqlTypes;

namespace Analytics.Deployment.Applying.CuttingOver;

/// <summary>Finds out who keeps the cut-over waiting.</summary>
internal static class LockHolders
{
    /// <summary>The sessions that hold a lock on some relations, for people; empty when nobody does any more.</summary>
    public static async Task<string> FindAsync(
        NpgsqlConnection connection,
        IReadOnlyCollection<uint> relations,
        CancellationToken cancellationToken
    )
    {
        await using var command = new NpgsqlCommand(
            """
            select distinct a.pid, coalesce(a.application_name, ''), coalesce(a.usename::text, ''), l.relation::regclass::text
            from pg_catalog.pg_locks l join pg_catalog.pg_stat_activity a on a.pid = l.pid
            where l.granted and l.relation = any ($1::oid[]) and l.pid <> pg_catalog.pg_backend_pid()
            order by 1 limit 3
            """,
            connection
        );
        command.Parameters.Add(
            new NpgsqlParameter { Value = relations.ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Oid }
        );
        await using var reader = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
        var holders = new List<string>();
        while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false))
        {
            holders.Add(
                FormattableString.Invariant(
                    $"process {reader.GetInt32(0)} ('{reader.GetString(1)}' of user {reader.GetString(2)}) holds {reader.GetString(3)}"
                )
            );
        }

        return string.Join("; ", holders);
    }
}
