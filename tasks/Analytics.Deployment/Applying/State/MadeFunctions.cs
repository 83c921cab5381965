using System.Collections.Immutable;
using Analytics.Compiler.Resolving;
using Analytics.Deployment.Planning;
using Analytics.Deployment.Planning.Catalog;
using Analytics.Deployment.Planning.Sql;
using Analytics.Deployment.Planning.Steps;

namespace Analytics.Deployment.Applying.State;

/// <summary>
/// The table of the state schema that says which functions a project made, and from what. Other arguments make another function, and its
/// object id is what tells the one that was made from those that others have under its name.
/// </summary>
/// <param name="state">The state schema's name.</param>
/// <param name="project">The project: several may share a schema.</param>
internal sealed class MadeFunctions(string state, string project)
{
    // What another body, owner or privilege changes. "p" is its row in pg_proc.
    private const string Identity = "pg_catalog.concat_ws(' ', p.oid, p.xmin, p.proowner, p.proacl)";

    private string Table => $"{RelationName.Quote(state)}.functions";

    /// <summary>The statement that makes the table where it is not there.</summary>
    public Statement Create() =>
        new(
            $"""
            create table if not exists {Table} (
              function_schema text, function_name text, project text not null, object oid not null, fingerprint text,
              identity text not null, published_at timestamptz not null default pg_catalog.now(),
              primary key (function_schema, function_name)
            )
            """
        );

    /// <summary>The statements that note what a plan made and forget what it pruned. What it made is still staged as well.</summary>
    /// <param name="plan">The plan, of whose cut-over all is done.</param>
    public IEnumerable<Statement> Note(DeploymentPlan plan)
    {
        if (!plan.Functions.IsEmpty)
        {
            yield return new Statement(
                $"""
                insert into {Table} (function_schema, function_name, project, object, fingerprint, identity)
                select n.nspname, p.proname, {SqlText.Literal(project)}, p.oid, m.fingerprint, {Identity}
                from (values {string.Join(", ", plan.Functions.Select(step => Row(plan, step)))})
                  m(final_schema, staged_schema, name, fingerprint)
                join pg_catalog.pg_namespace n on n.nspname = m.final_schema
                join pg_catalog.pg_namespace sn on sn.nspname = m.staged_schema
                join pg_catalog.pg_proc s on s.pronamespace = sn.oid and s.proname = m.name
                join pg_catalog.pg_proc p
                  on p.pronamespace = n.oid and p.proname = m.name and p.proargtypes = s.proargtypes
                on conflict (function_schema, function_name) do update
                set project = excluded.project, object = excluded.object, fingerprint = excluded.fingerprint,
                  identity = excluded.identity, published_at = excluded.published_at
                """
            );
        }

        if (!plan.PrunedFunctions.IsEmpty)
        {
            var objects = string.Join(", ", plan.PrunedFunctions.Select(function => SqlText.Oid(function.Oid)));
            yield return new Statement($"delete from {Table} where object in ({objects})");
        }
    }

    /// <summary>What the project made and is there still, under the name it was made with.</summary>
    /// <param name="runner">The session.</param>
    /// <param name="database">The database, for the names.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async Task<ImmutableDictionary<RelationName, MadeFunction>> ReadAsync(
        StatementRunner runner,
        string database,
        CancellationToken cancellationToken
    )
    {
        var exists = $"select pg_catalog.to_regclass({SqlText.Literal(Table)}) is not null";
        var found = await runner.QueryAsync(new Statement(exists), cancellationToken).ConfigureAwait(false);
        if (found[0][0] is not true)
        {
            return ImmutableDictionary<RelationName, MadeFunction>.Empty;
        }

        var query = $"""
            select f.function_schema, f.function_name, p.oid, p.oid::pg_catalog.regprocedure::text,
              case when f.identity = {Identity} then f.fingerprint end
            from {Table} f
            join pg_catalog.pg_namespace n on n.nspname = f.function_schema
            join pg_catalog.pg_proc p on p.oid = f.object and p.pronamespace = n.oid and p.proname = f.function_name
            where f.project = {SqlText.Literal(project)}
            """;
        var rows = await runner.QueryAsync(new Statement(query), cancellationToken).ConfigureAwait(false);
        return rows.Select(row => new MadeFunction(
                new RelationName(database, (string)row[0]!, (string)row[1]!),
                (uint)row[2]!,
                (string)row[3]!,
                row[4] as string
            ))
            .ToImmutableDictionary(function => function.Name);
    }

    private static string Row(DeploymentPlan plan, BuildFunction step)
    {
        var fingerprint = plan.Fingerprints.TryGetValue(step.Function.UniqueId, out var known)
            ? SqlText.Literal(known)
            : "null";
        var final = step.Function.Relation;
        return $"({SqlText.Literal(final.Schema)}, {SqlText.Literal(step.Staged.Schema)}, {SqlText.Literal(final.Identifier)}, {fingerprint}::text)";
    }
}
