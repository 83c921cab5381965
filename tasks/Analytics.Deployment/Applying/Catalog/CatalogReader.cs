using System.Collections.Immutable;
using Analytics.Compiler.Rendering;
using Analytics.Compiler.Resolving;
using Analytics.Deployment.Planning.Catalog;
using Npgsql;
using NpgsqlTypes;

namespace Analytics.Deployment.Applying.Catalog;

/// <summary>Reads what a plan needs to know of the database, in few round trips.</summary>
internal static class CatalogReader
{
    /// <summary>Schemas, and the live relations of some names.</summary>
    /// <param name="connection">An open connection.</param>
    /// <param name="names">The names.</param>
    /// <param name="unfinished">The comment of schemas that count as missing; empty for none.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public static async Task<CatalogSnapshot> ReadAsync(
        NpgsqlConnection connection,
        IReadOnlyCollection<RelationName> names,
        string unfinished,
        CancellationToken cancellationToken
    )
    {
        await using var batch = connection.CreateBatch();
        var schemasThere = new NpgsqlBatchCommand(CatalogQueries.Schemas);
        schemasThere.Parameters.Add(new NpgsqlParameter { Value = unfinished });
        batch.BatchCommands.Add(schemasThere);
        var relations = new NpgsqlBatchCommand(CatalogQueries.Relations);
        relations.Parameters.Add(Texts(names.Select(name => name.Schema)));
        relations.Parameters.Add(Texts(names.Select(name => name.Identifier)));
        batch.BatchCommands.Add(relations);

        await using var reader = await batch.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
        var schemas = ImmutableHashSet.CreateBuilder<string>(StringComparer.Ordinal);
        while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false))
        {
            schemas.Add(reader.GetString(0));
        }

        await reader.NextResultAsync(cancellationToken).ConfigureAwait(false);
        var byPlace = names.ToLookup(name => (name.Schema, name.Identifier));
        var found = new Dictionary<RelationName, CatalogRelation>();
        while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false))
        {
            var name = byPlace[(reader.GetString(0), reader.GetString(1))].First();
            if (!found.TryGetValue(name, out var relation))
            {
                var kind = RelationKindWords.FromLetter(reader.GetString(3)[0]);
                relation = new CatalogRelation(name, reader.GetFieldValue<uint>(2), kind, [])
                {
                    Rows = reader.GetInt64(6),
                };
            }

            found[name] = reader.IsDBNull(4)
                ? relation
                : relation with
                {
                    Columns = relation.Columns.Add(new WarehouseColumn(reader.GetString(4), reader.GetString(5))),
                };
        }

        return new CatalogSnapshot(found.ToImmutableDictionary(), schemas.ToImmutable());
    }

    /// <summary>What depends on some relations.</summary>
    /// <param name="connection">An open connection.</param>
    /// <param name="database">The database's name, for the names of what is found.</param>
    /// <param name="relations">Object ids.</param>
    /// <param name="ignoredSchemas">Staging schemas.</param>
    /// <param name="keyed">Object ids of those that foreign keys may lead to again when they were replaced.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public static async Task<DependentObjects> DependentsAsync(
        NpgsqlConnection connection,
        string database,
        IReadOnlyCollection<uint> relations,
        IReadOnlyCollection<string> ignoredSchemas,
        IReadOnlyCollection<uint> keyed,
        CancellationToken cancellationToken
    )
    {
        if (relations.Count == 0)
        {
            return DependentObjects.None;
        }

        await using var batch = connection.CreateBatch();
        var dependents = new NpgsqlBatchCommand(CatalogQueries.DependentViews);
        dependents.Parameters.Add(Oids(relations));
        dependents.Parameters.Add(Texts(ignoredSchemas));
        batch.BatchCommands.Add(dependents);
        var others = new NpgsqlBatchCommand(CatalogQueries.Blockers);
        others.Parameters.Add(Oids(relations));
        others.Parameters.Add(Texts(ignoredSchemas));
        others.Parameters.Add(Oids(keyed));
        batch.BatchCommands.Add(others);

        await using var reader = await batch.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
        var views = new Dictionary<uint, DependentDraft>();
        while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false))
        {
            var oid = reader.GetFieldValue<uint>(0);
            if (!views.TryGetValue(oid, out var view))
            {
                view = new DependentDraft(
                    new RelationName(database, reader.GetString(1), reader.GetString(2)),
                    RelationKindWords.FromLetter(reader.GetString(6)[0]),
                    []
                );
                views.Add(oid, view);
            }

            view.Reads.Add(
                (reader.GetFieldValue<uint>(3), new RelationName(database, reader.GetString(4), reader.GetString(5)))
            );
        }

        await reader.NextResultAsync(cancellationToken).ConfigureAwait(false);
        var blockers = ImmutableArray.CreateBuilder<Blocker>();
        while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false))
        {
            var on = new RelationName(database, reader.GetString(0), reader.GetString(1));
            blockers.Add(new Blocker(on, reader.GetString(2)));
        }

        return new DependentObjects(InOrder(views), blockers.ToImmutable());
    }

    /// <summary>The names of the indexes of some relations, by object id.</summary>
    public static async Task<ILookup<uint, string>> IndexesAsync(
        NpgsqlConnection connection,
        IReadOnlyCollection<uint> relations,
        CancellationToken cancellationToken
    )
    {
        var found = new List<(uint Relation, string Name)>();
        if (relations.Count > 0)
        {
            await using var command = new NpgsqlCommand(CatalogQueries.Indexes, connection);
            command.Parameters.Add(Oids(relations));
            await using var reader = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
            while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false))
            {
                found.Add((reader.GetFieldValue<uint>(0), reader.GetString(1)));
            }
        }

        return found.ToLookup(index => index.Relation, index => index.Name);
    }

    /// <summary>Which of some views read which.</summary>
    /// <returns>Pairs of object ids: the first reads the second.</returns>
    public static async Task<IReadOnlyCollection<(uint Reader, uint Read)>> ReadsAsync(
        NpgsqlConnection connection,
        IReadOnlyCollection<uint> views,
        CancellationToken cancellationToken
    )
    {
        await using var command = new NpgsqlCommand(CatalogQueries.ViewsOnViews, connection);
        command.Parameters.Add(Oids(views));
        await using var reader = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
        var found = new List<(uint, uint)>();
        while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false))
        {
            found.Add((reader.GetFieldValue<uint>(0), reader.GetFieldValue<uint>(1)));
        }

        return found;
    }

    // Each view after the views it reads; PostgreSQL allows no circle of views.
    private static ImmutableArray<DependentView> InOrder(Dictionary<uint, DependentDraft> views)
    {
        var ordered = ImmutableArray.CreateBuilder<DependentView>(views.Count);
        var done = new HashSet<uint>();
        while (done.Count < views.Count)
        {
            var ready = views
                .Where(view => !done.Contains(view.Key))
                .Where(view =>
                    view.Value.Reads.TrueForAll(read => !views.ContainsKey(read.Oid) || done.Contains(read.Oid))
                )
                .OrderBy(view => view.Value.Name.ToString(), StringComparer.Ordinal)
                .ToList();
            if (ready.Count == 0)
            {
                throw new InvalidOperationException("The views of this database read each other in a circle.");
            }

            foreach (var (oid, view) in ready)
            {
                done.Add(oid);
                ordered.Add(
                    new DependentView(
                        view.Name,
                        oid,
                        [
                            .. view
                                .Reads.Select(read => read.Name)
                                .OrderBy(name => name.ToString(), StringComparer.Ordinal),
                        ]
                    )
                    {
                        Kind = view.Kind,
                    }
                );
            }
        }

        return ordered.ToImmutable();
    }

    private sealed record DependentDraft(
        RelationName Name,
        RelationKind Kind,
        List<(uint Oid, RelationName Name)> Reads
    );

    private static NpgsqlParameter Oids(IEnumerable<uint> values) =>
        new() { Value = values.ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Oid };

    private static NpgsqlParameter Texts(IEnumerable<string> values) =>
        new() { Value = values.ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text };
}
