using Npgsql;
using NpgsqlTypes;

namespace Analytics.Deployment.Applying.CuttingOver;

/// <summary>Finds out who keeps the cut-over waiting.</summary>
internal static class LockHolders
{
    /// <summary>The sessions that hold a lock on some relations, for people; empty when nobody does any more.</summary>
    /// <param name="connection">The connection of the cut-over.</param>
    /// <param name="relations">Object ids.</param>
    /// <param name="schemas">Staging schemas: all that is in them is looked at too.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public static async Task<string> FindAsync(
        NpgsqlConnection connection,
        IReadOnlyCollection<uint> relations,
        IReadOnlyCollection<string> schemas,
        CancellationToken cancellationToken
    )
    {
        await using var command = new NpgsqlCommand(
            """
            select distinct a.pid, coalesce(a.application_name, ''), coalesce(a.usename::text, ''), l.relation::regclass::text
            from pg_catalog.pg_locks l join pg_catalog.pg_stat_activity a on a.pid = l.pid
            where l.granted and l.pid <> pg_catalog.pg_backend_pid()
              and l.database = (select oid from pg_catalog.pg_database where datname = current_database())
              and (l.relation = any ($1::oid[]) or l.relation in (
                select c.oid from pg_catalog.pg_class c join pg_catalog.pg_namespace n on n.oid = c.relnamespace
                where n.nspname = any ($2::text[])))
            order by 1 limit 3
            """,
            connection
        );
        command.Parameters.Add(
            new NpgsqlParameter { Value = relations.ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Oid }
        );
        command.Parameters.Add(
            new NpgsqlParameter { Value = schemas.ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text }
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
