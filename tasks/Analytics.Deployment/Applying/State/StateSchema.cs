using System.Collections.Immutable;
using System.Text;
using Analytics.Compiler.Resolving;
using Analytics.Deployment.Planning;
using Analytics.Deployment.Planning.Fingerprints;
using Analytics.Deployment.Planning.Selection.State;
using Analytics.Deployment.Planning.Sql;

namespace Analytics.Deployment.Applying.State;

/// <summary>
/// The small schema beside a target's own in which a publish notes what it made, so that the next one knows what it need not make
/// again. It changes with the relations, in the transaction of the cut-over.
/// </summary>
/// <param name="schema">The target's schema.</param>
internal sealed class StateSchema(string schema)
{
    private const string Suffix = "__state";

    // What another object under the same name, another definition, owner or privilege, renamed columns, or other columns of what a view reads ("select *")
    // would change. Rows may change: a relation whose rows somebody else writes is still the one that was made. "c" is its row in
    // pg_class.
    private const string Identity = """
        pg_catalog.md5(pg_catalog.concat_ws(' ', c.oid, c.relfilenode, c.relowner, c.relacl,
          (select pg_catalog.string_agg(r.xmin::text, ' ' order by r.oid) from pg_catalog.pg_rewrite r where r.ev_class = c.oid),
          (select pg_catalog.string_agg(a.xmin::text, ' ' order by a.attnum) from pg_catalog.pg_attribute a
            where a.attrelid = c.oid and a.attnum > 0),
          (select pg_catalog.string_agg(pg_catalog.concat_ws(' ', a.attrelid, a.attname, a.atttypid, a.atttypmod), ','
              order by a.attrelid, a.attnum)
            from pg_catalog.pg_attribute a
            where a.attnum > 0 and not a.attisdropped and a.attrelid in (
              select d.refobjid from pg_catalog.pg_rewrite r
              join pg_catalog.pg_depend d on d.classid = 'pg_catalog.pg_rewrite'::regclass and d.objid = r.oid
                and d.refclassid = 'pg_catalog.pg_class'::regclass and d.refobjid <> c.oid
              where r.ev_class = c.oid))))
        """;

    /// <summary>The schema's name.</summary>
    public string Name { get; } = StagingNames.WithSuffix(schema, Suffix);

    private string Manifests => $"{RelationName.Quote(Name)}.manifests";

    private string Table => $"{RelationName.Quote(Name)}.relations";

    /// <summary>Reads what was noted.</summary>
    /// <param name="runner">The session.</param>
    /// <param name="database">The database, for the names.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async Task<PublishedState> ReadAsync(
        StatementRunner runner,
        string database,
        CancellationToken cancellationToken
    )
    {
        var exists = $"select pg_catalog.to_regclass({SqlText.Literal(Table)}) is not null";
        var found = await runner.QueryAsync(new Statement(exists), cancellationToken).ConfigureAwait(false);
        if (found[0][0] is not true)
        {
            return PublishedState.Empty;
        }

        var query = $"""
            select s.relation_schema, s.relation_name, s.fingerprint
            from {Table} s
            join pg_catalog.pg_namespace n on n.nspname = s.relation_schema
            join pg_catalog.pg_class c on c.relnamespace = n.oid and c.relname = s.relation_name
            where s.fingerprint is not null and s.identity = {Identity}
            """;
        var rows = await runner.QueryAsync(new Statement(query), cancellationToken).ConfigureAwait(false);
        return new PublishedState(
            rows.ToImmutableDictionary(
                row => new RelationName(database, (string)row[0]!, (string)row[1]!),
                row => (string)row[2]!
            )
        );
    }

    /// <summary>Reads the manifest that the target was last published from.</summary>
    /// <param name="runner">A session.</param>
    /// <param name="project">The project: several may share a schema.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>Null when none is kept.</returns>
    public async Task<PublishedManifest?> ReadManifestAsync(
        StatementRunner runner,
        string project,
        CancellationToken cancellationToken
    )
    {
        var exists = $"select pg_catalog.to_regclass({SqlText.Literal(Manifests)}) is not null";
        var found = await runner.QueryAsync(new Statement(exists), cancellationToken).ConfigureAwait(false);
        if (found[0][0] is not true)
        {
            return null;
        }

        var query = $"select hash, manifest from {Manifests} where project = {SqlText.Literal(project)}";
        var rows = await runner.QueryAsync(new Statement(query), cancellationToken).ConfigureAwait(false);
        return rows.IsEmpty ? null : new PublishedManifest((string)rows[0][0]!, (byte[])rows[0][1]!);
    }

    /// <summary>The statements that keep the manifest a target is published from.</summary>
    /// <param name="project">The project.</param>
    /// <param name="manifest">The manifest.</param>
    public IEnumerable<Statement> NoteManifest(string project, PublishedManifest manifest)
    {
        yield return CreateSchema();
        yield return new Statement(
            $"create table if not exists {Manifests} (project text primary key, hash text not null, manifest bytea not null)"
        );
        yield return new Statement(
            $"""
            insert into {Manifests} values ({SqlText.Literal(project)}, '{manifest.Hash}', '\x{Convert.ToHexStringLower(
                manifest.Compressed.Span
            )}')
            on conflict (project) do update set hash = excluded.hash, manifest = excluded.manifest
            """
        );
    }

    /// <summary>The objects that a project made.</summary>
    /// <param name="project">The project's name.</param>
    public MadeObjects Objects(string project) => new(Name, project);

    /// <summary>The functions that a project made.</summary>
    /// <param name="project">The project's name.</param>
    public MadeFunctions Functions(string project) => new(Name, project);

    /// <summary>The statements that make the schema where it is not there.</summary>
    /// <param name="project">The project's name.</param>
    public IEnumerable<Statement> Create(string project)
    {
        yield return CreateSchema();
        yield return new Statement(
            $"""
            create table if not exists {Table} (
              relation_schema text, relation_name text, unique_id text not null, fingerprint text, identity text not null,
              published_at timestamptz not null default pg_catalog.now(), primary key (relation_schema, relation_name)
            )
            """
        );
        yield return Objects(project).Create();
        yield return Functions(project).Create();
    }

    /// <summary>The statements that note what a cut-over made visible; they run behind it, in its transaction.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="project">The project's name.</param>
    public IEnumerable<Statement> Note(DeploymentPlan plan, string project)
    {
        if (plan.CutOver.IsEmpty && plan.Pruned.IsEmpty && plan.Functions.IsEmpty && plan.PrunedFunctions.IsEmpty)
        {
            yield break;
        }

        foreach (
            var statement in Create(project).Concat(Objects(project).Note(plan)).Concat(Functions(project).Note(plan))
        )
        {
            yield return statement;
        }

        if (plan.CutOver.IsEmpty)
        {
            yield break;
        }

        var made = new StringBuilder();
        foreach (var node in plan.CutOver.Select(step => step.Node))
        {
            var fingerprint = plan.Fingerprints.TryGetValue(node.UniqueId, out var known)
                ? SqlText.Literal(known)
                : "null";
            made.Append(made.Length == 0 ? "values " : ", ")
                .Append('(')
                .Append(SqlText.Literal(node.Relation.Schema))
                .Append(", ")
                .Append(SqlText.Literal(node.Relation.Identifier))
                .Append(", ")
                .Append(SqlText.Literal(node.UniqueId))
                .Append(", ")
                .Append(fingerprint)
                .Append("::text)");
        }

        yield return new Statement(
            $"""
            insert into {Table} as s (relation_schema, relation_name, unique_id, fingerprint, identity)
            select m.relation_schema, m.relation_name, m.unique_id, m.fingerprint, {Identity}
            from ({made}) m(relation_schema, relation_name, unique_id, fingerprint)
            join pg_catalog.pg_namespace n on n.nspname = m.relation_schema
            join pg_catalog.pg_class c on c.relnamespace = n.oid and c.relname = m.relation_name
            on conflict (relation_schema, relation_name) do update
            set unique_id = excluded.unique_id, fingerprint = excluded.fingerprint, identity = excluded.identity,
              published_at = excluded.published_at
            """
        );
    }

    // IF NOT EXISTS asks for the privilege to create schemas even where there is nothing to create.
    private Statement CreateSchema()
    {
        var name = RelationName.Quote(Name);
        var create =
            $"begin if pg_catalog.to_regnamespace({SqlText.Literal(name)}) is null then create schema {name}; end if; end";
        return new Statement($"do {SqlText.Literal(create)}");
    }
}
