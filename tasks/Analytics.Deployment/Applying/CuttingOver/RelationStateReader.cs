using System.Collections.Immutable;
using Analytics.Compiler.Resolving;
using Analytics.Deployment.Planning.Catalog;
using Npgsql;
using NpgsqlTypes;

namespace Analytics.Deployment.Applying.CuttingOver;

/// <summary>Reads the state of relations, in one round trip.</summary>
internal static class RelationStateReader
{
    private const string Wanted = """
        with wanted as (
          select c.oid, c.relnatts, n.oid as namespace, n.nspname, c.relname, c.relkind, c.relowner, c.reloptions, c.relacl,
            c.relispopulated, c.relam, c.reltablespace, c.relreplident, c.relrowsecurity, c.relforcerowsecurity
          from unnest($1::text[], $2::text[]) as w(schema_name, relation_name)
          join pg_catalog.pg_namespace n on n.nspname = w.schema_name
          join pg_catalog.pg_class c on c.relnamespace = n.oid and c.relname = w.relation_name
        )
        """;

    // pg_get_viewdef leaves out what the search path makes superfluous: with an empty one it writes every name in full.
    internal const string EmptySearchPath =
        "select pg_catalog.set_config('search_path', '', true) from (select pg_catalog.set_config('analytics_sdk.search_path', pg_catalog.current_setting('search_path'), true)) kept";

    internal const string RestoreSearchPath =
        "select pg_catalog.set_config('search_path', pg_catalog.current_setting('analytics_sdk.search_path'), true)";

    private const string Relations =
        Wanted
        + """

            select w.nspname, w.relname, w.relkind::text, pg_catalog.pg_get_userbyid(w.relowner)::text,
              case when w.relkind in ('v', 'm') then pg_catalog.pg_get_viewdef(w.oid) end,
              coalesce(w.reloptions, '{}'), pg_catalog.obj_description(w.oid, 'pg_class'), concat_ws(':', w.oid, w.relowner, w.relnatts),
              pg_catalog.has_schema_privilege(w.relowner, w.namespace, 'CREATE'), w.relispopulated,
              (select a.amname::text from pg_catalog.pg_am a where a.oid = w.relam),
              (select t.spcname::text from pg_catalog.pg_tablespace t where t.oid = w.reltablespace),
              case when w.relkind = 'm' then array(
                select pg_catalog.pg_get_indexdef(i.indexrelid) from pg_catalog.pg_index i
                join pg_catalog.pg_class x on x.oid = i.indexrelid where i.indrelid = w.oid order by x.relname) end,
              case w.relreplident when 'd' then 'default' when 'n' then 'nothing' when 'f' then 'full' end,
              array_remove(array[case when w.relrowsecurity then 'enable' end, case when w.relforcerowsecurity then 'force' end], null)
            from wanted w order by 1, 2
            """;

    private const string Grants =
        Wanted
        + """

            select w.nspname, w.relname, null::text, a.privilege_type,
              case when a.grantee <> 0 then pg_catalog.pg_get_userbyid(a.grantee)::text end, a.is_grantable
            from wanted w cross join lateral pg_catalog.aclexplode(w.relacl) a
            where a.grantee <> w.relowner
            union all
            select w.nspname, w.relname, att.attname::text, a.privilege_type,
              case when a.grantee <> 0 then pg_catalog.pg_get_userbyid(a.grantee)::text end, a.is_grantable
            from wanted w
            join pg_catalog.pg_attribute att on att.attrelid = w.oid and att.attnum > 0 and not att.attisdropped
            cross join lateral pg_catalog.aclexplode(att.attacl) a
            where a.grantee <> w.relowner
            """;

    private const string Columns =
        Wanted
        + """

            select w.nspname, w.relname, att.attname::text, pg_catalog.col_description(w.oid, att.attnum), att.attstattarget::int4
            from wanted w
            join pg_catalog.pg_attribute att on att.attrelid = w.oid and att.attnum > 0 and not att.attisdropped
            """;

    // Their statements have other schemas' names in full with an empty search path, and so has the name.
    private const string Statistics =
        Wanted
        + """

            select w.nspname, w.relname,
              pg_catalog.quote_ident(n.nspname) || '.' || pg_catalog.quote_ident(s.stxname), pg_catalog.pg_get_statisticsobjdef(s.oid),
              array(select a.attname::text from pg_catalog.pg_attribute a where a.attrelid = w.oid and a.attnum = any (s.stxkeys))
            from wanted w
            join pg_catalog.pg_statistic_ext s on s.stxrelid = w.oid
            join pg_catalog.pg_namespace n on n.oid = s.stxnamespace
            """;

    private const string Staying =
        Wanted
        + """

            select w.nspname, w.relname, pg_catalog.pg_get_userbyid(w.relowner)::text, w.reloptions is not null from wanted w
            """;

    // What a new table would get if it were created in its final schema: it is created elsewhere.
    private const string Defaults = """
        select coalesce(n.nspname, ''), a.privilege_type,
          case when a.grantee <> 0 then pg_catalog.pg_get_userbyid(a.grantee)::text end, a.is_grantable
        from pg_catalog.pg_default_acl d
        left join pg_catalog.pg_namespace n on n.oid = d.defaclnamespace
        cross join lateral pg_catalog.aclexplode(d.defaclacl) a
        where d.defaclobjtype = 'r' and pg_catalog.pg_get_userbyid(d.defaclrole) = current_user
          and (n.nspname = any ($1::text[]) or d.defaclnamespace = 0) and a.grantee <> d.defaclrole
        """;

    /// <summary>The state of the relations that exist, by name. Must run inside a transaction.</summary>
    public static async Task<ImmutableDictionary<RelationName, RelationState>> ReadAsync(
        NpgsqlConnection connection,
        IReadOnlyCollection<RelationName> names,
        CancellationToken cancellationToken
    )
    {
        if (names.Count == 0)
        {
            return ImmutableDictionary<RelationName, RelationState>.Empty;
        }

        await using var batch = connection.CreateBatch();
        batch.BatchCommands.Add(new NpgsqlBatchCommand(EmptySearchPath));
        foreach (var query in (ReadOnlySpan<string>)[Relations, Grants, Columns, Statistics])
        {
            var command = new NpgsqlBatchCommand(query);
            command.Parameters.Add(Texts(names.Select(name => name.Schema)));
            command.Parameters.Add(Texts(names.Select(name => name.Identifier)));
            batch.BatchCommands.Add(command);
        }

        batch.BatchCommands.Add(new NpgsqlBatchCommand(RestoreSearchPath));
        await using var reader = await batch.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
        await reader.NextResultAsync(cancellationToken).ConfigureAwait(false);

        var byPlace = names.Distinct().ToDictionary(name => (name.Schema, name.Identifier));
        var states = new Dictionary<RelationName, RelationState>();
        while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false))
        {
            var name = byPlace[(reader.GetString(0), reader.GetString(1))];
            states[name] = new RelationState(
                name,
                RelationKindWords.FromLetter(reader.GetString(2)[0]),
                reader.GetString(7),
                reader.GetString(3),
                reader.GetBoolean(8),
                Text(reader, 4),
                [.. reader.GetFieldValue<string[]>(5)],
                Text(reader, 6),
                [],
                ImmutableSortedDictionary.Create<string, string?>(StringComparer.Ordinal)
            )
            {
                Stored = reader.IsDBNull(12)
                    ? null
                    : new StoredView(
                        reader.GetBoolean(9),
                        reader.GetString(10),
                        Text(reader, 11),
                        [.. reader.GetFieldValue<string[]>(12)]
                    ),
                ReplicaIdentity = Text(reader, 13),
                RowSecurity = [.. reader.GetFieldValue<string[]>(14)],
            };
        }

        await reader.NextResultAsync(cancellationToken).ConfigureAwait(false);
        while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false))
        {
            var state = states[byPlace[(reader.GetString(0), reader.GetString(1))]];
            var grant = new Grant(reader.GetString(3), Text(reader, 2), Text(reader, 4), reader.GetBoolean(5));
            states[state.Name] = state with { Grants = state.Grants.Add(grant) };
        }

        await reader.NextResultAsync(cancellationToken).ConfigureAwait(false);
        while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false))
        {
            var state = states[byPlace[(reader.GetString(0), reader.GetString(1))]];
            states[state.Name] = state with
            {
                ColumnComments = state.ColumnComments.Add(reader.GetString(2), Text(reader, 3)),

                // -1 until version 16, NULL from 17 on.
                StatisticsTargets =
                    reader.IsDBNull(4) || reader.GetInt32(4) < 0
                        ? state.StatisticsTargets
                        : state.StatisticsTargets.Add(reader.GetString(2), reader.GetInt32(4)),
            };
        }

        await reader.NextResultAsync(cancellationToken).ConfigureAwait(false);
        while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false))
        {
            var state = states[byPlace[(reader.GetString(0), reader.GetString(1))]];
            states[state.Name] = state with
            {
                ExtendedStatistics = state.ExtendedStatistics.Add(
                    reader.GetString(2),
                    new ExtendedStatistics(reader.GetString(3), [.. reader.GetFieldValue<string[]>(4)])
                ),
            };
        }

        return states.ToImmutableDictionary();
    }

    /// <summary>What is to be known of views that stay, of those that exist.</summary>
    public static async Task<ImmutableDictionary<RelationName, StayingView>> StayingAsync(
        NpgsqlConnection connection,
        ImmutableArray<CatalogRelation> relations,
        CancellationToken cancellationToken
    )
    {
        if (relations.IsEmpty)
        {
            return ImmutableDictionary<RelationName, StayingView>.Empty;
        }

        await using var command = new NpgsqlCommand(Staying, connection);
        command.Parameters.Add(Texts(relations.Select(relation => relation.Name.Schema)));
        command.Parameters.Add(Texts(relations.Select(relation => relation.Name.Identifier)));
        await using var reader = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
        var byPlace = relations.ToDictionary(relation => (relation.Name.Schema, relation.Name.Identifier));
        var views = ImmutableDictionary.CreateBuilder<RelationName, StayingView>();
        while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false))
        {
            var view = new StayingView(reader.GetString(2), reader.GetBoolean(3));
            views.Add(byPlace[(reader.GetString(0), reader.GetString(1))].Name, view);
        }

        return views.ToImmutable();
    }

    /// <summary>The default privileges of new tables, by schema; those of every schema are under the empty name.</summary>
    public static async Task<ILookup<string, Grant>> DefaultsAsync(
        NpgsqlConnection connection,
        IReadOnlyCollection<string> schemas,
        CancellationToken cancellationToken
    )
    {
        await using var command = new NpgsqlCommand(Defaults, connection);
        command.Parameters.Add(Texts(schemas));
        await using var reader = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
        var found = new List<(string Schema, Grant Grant)>();
        while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false))
        {
            found.Add(
                (reader.GetString(0), new Grant(reader.GetString(1), null, Text(reader, 2), reader.GetBoolean(3)))
            );
        }

        return found.ToLookup(entry => entry.Schema, entry => entry.Grant, StringComparer.Ordinal);
    }

    private static string? Text(NpgsqlDataReader reader, int column) =>
        reader.IsDBNull(column) ? null : reader.GetString(column);

    private static NpgsqlParameter Texts(IEnumerable<string> values) =>
        new() { Value = values.ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text };
}
