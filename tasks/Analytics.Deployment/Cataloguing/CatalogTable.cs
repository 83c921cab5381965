using System.Collections.Immutable;
using Analytics.Compiler.Resolving;
using Npgsql;
using NpgsqlTypes;

namespace Analytics.Deployment.Cataloguing;

/// <summary>A relation as the catalog describes it.</summary>
/// <param name="Type">dbt's word: <c>BASE TABLE</c>, <c>VIEW</c> or <c>MATERIALIZED VIEW</c>.</param>
/// <param name="Owner">The role that owns it.</param>
/// <param name="Comment">Its comment; null without one.</param>
/// <param name="Columns">In their order.</param>
internal sealed record CatalogTable(string Type, string Owner, string? Comment, ImmutableArray<CatalogColumn> Columns)
{
    // What dbt lists: tables of all kinds, views and materialized views that outlive a session.
    private const string Query = """
        select n.nspname, c.relname,
          case c.relkind when 'v' then 'VIEW' when 'm' then 'MATERIALIZED VIEW' else 'BASE TABLE' end,
          pg_catalog.pg_get_userbyid(c.relowner)::text, pg_catalog.obj_description(c.oid, 'pg_class'),
          a.attname::text, a.attnum::int, pg_catalog.format_type(a.atttypid, a.atttypmod),
          pg_catalog.col_description(c.oid, a.attnum)
        from unnest($1::text[], $2::text[]) as wanted(schema_name, relation_name)
        join pg_catalog.pg_namespace n on n.nspname = wanted.schema_name
        join pg_catalog.pg_class c on c.relnamespace = n.oid and c.relname = wanted.relation_name
        join pg_catalog.pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
        where c.relkind in ('r', 'v', 'f', 'p', 'm') and c.relpersistence in ('p', 'u')
        order by n.nspname, c.relname, a.attnum
        """;

    /// <summary>Reads relations in one round trip; those that are not there are left out.</summary>
    /// <param name="connection">An open connection.</param>
    /// <param name="names">Their names, each once.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public static async Task<Dictionary<(string Schema, string Identifier), CatalogTable>> ReadAsync(
        NpgsqlConnection connection,
        IReadOnlyCollection<RelationName> names,
        CancellationToken cancellationToken
    )
    {
        await using var command = new NpgsqlCommand(Query, connection);
        command.Parameters.Add(Texts(names.Select(name => name.Schema)));
        command.Parameters.Add(Texts(names.Select(name => name.Identifier)));
        var found = new Dictionary<(string, string), CatalogTable>();
        await using var reader = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
        while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false))
        {
            var key = (reader.GetString(0), reader.GetString(1));
            if (!found.TryGetValue(key, out var table))
            {
                table = new CatalogTable(reader.GetString(2), reader.GetString(3), Text(reader, 4), []);
            }

            var column = new CatalogColumn(
                reader.GetString(5),
                reader.GetInt32(6),
                reader.GetString(7),
                Text(reader, 8)
            );
            found[key] = table with { Columns = table.Columns.Add(column) };
        }

        return found;
    }

    private static string? Text(NpgsqlDataReader reader, int column) =>
        reader.IsDBNull(column) ? null : reader.GetString(column);

    private static NpgsqlParameter Texts(IEnumerable<string> values) =>
        new() { Value = values.ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text };
}

/// <summary>A column as the catalog describes it.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Index">Its number in the table, from 1; a dropped column leaves a gap.</param>
/// <param name="Type">As <c>format_type</c> writes it.</param>
/// <param name="Comment">Its comment; null without one.</param>
internal sealed record CatalogColumn(string Name, int Index, string Type, string? Comment);
