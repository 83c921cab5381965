using System.Collections.Immutable;
using Analytics.Compiler.Resolving;
using Npgsql;
using NpgsqlTypes;

namespace Analytics.Deployment.Applying.CuttingOver;

/// <summary>A foreign key that leads to a table which is replaced.</summary>
/// <param name="Oid">Its object id.</param>
/// <param name="Name">Its name.</param>
/// <param name="Child">The table that has it.</param>
/// <param name="ChildOid">That table's object id.</param>
/// <param name="Definition">What <c>add constraint</c> takes, with every name qualified.</param>
/// <param name="Comment">Its comment; null without one.</param>
internal sealed record ForeignKey(
    uint Oid,
    string Name,
    RelationName Child,
    uint ChildOid,
    string Definition,
    string? Comment
);

/// <summary>Finds foreign keys that lead to tables which are replaced.</summary>
internal static class ForeignKeyReader
{
    // A definition leaves out the schema of a table that the search path finds.
    private const string Keys = """
        select k.oid, k.conname::text, n.nspname::text, c.relname::text, c.oid, pg_catalog.pg_get_constraintdef(k.oid),
          pg_catalog.obj_description(k.oid, 'pg_constraint')
        from pg_catalog.pg_constraint k
        join pg_catalog.pg_class c on c.oid = k.conrelid
        join pg_catalog.pg_namespace n on n.oid = c.relnamespace
        where k.contype = 'f' and k.confrelid = any ($1::oid[]) and k.conrelid <> k.confrelid and k.conparentid = 0
          and pg_catalog.pg_has_role(c.relowner, 'USAGE')
        order by 3, 4, 2
        """;

    /// <summary>The keys that this role may drop and make again. Must run inside a transaction.</summary>
    /// <param name="connection">An open connection.</param>
    /// <param name="database">The database's name.</param>
    /// <param name="tables">Object ids of the tables they lead to.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public static async Task<ImmutableArray<ForeignKey>> ReadAsync(
        NpgsqlConnection connection,
        string database,
        IReadOnlyCollection<uint> tables,
        CancellationToken cancellationToken
    )
    {
        if (tables.Count == 0)
        {
            return [];
        }

        await using var batch = connection.CreateBatch();
        batch.BatchCommands.Add(new NpgsqlBatchCommand(RelationStateReader.EmptySearchPath));
        var keys = new NpgsqlBatchCommand(Keys);
        keys.Parameters.Add(
            new NpgsqlParameter { Value = tables.ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Oid }
        );
        batch.BatchCommands.Add(keys);
        batch.BatchCommands.Add(new NpgsqlBatchCommand(RelationStateReader.RestoreSearchPath));
        await using var reader = await batch.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
        await reader.NextResultAsync(cancellationToken).ConfigureAwait(false);
        var found = ImmutableArray.CreateBuilder<ForeignKey>();
        while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false))
        {
            found.Add(
                new ForeignKey(
                    reader.GetFieldValue<uint>(0),
                    reader.GetString(1),
                    new RelationName(database, reader.GetString(2), reader.GetString(3)),
                    reader.GetFieldValue<uint>(4),
                    reader.GetString(5),
                    reader.IsDBNull(6) ? null : reader.GetString(6)
                )
            );
        }

        return found.ToImmutable();
    }
}
