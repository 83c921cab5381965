using System.Collections.Immutable;
using Analytics.Compiler.Resolving;
using Analytics.Deployment.Planning;
using Analytics.Deployment.Planning.Catalog;
using Analytics.Deployment.Planning.Pruning;
using Analytics.Deployment.Planning.Sql;

namespace Analytics.Deployment.Applying.State;

/// <summary>
/// The table of the state schema that says which objects a project made. A name is no proof: only what still is the very object that was
/// made may be dropped when the project has it no more.
/// </summary>
/// <param name="state">The state schema's name.</param>
/// <param name="project">The project: several may share a schema.</param>
internal sealed class MadeObjects(string state, string project)
{
    private string Table => $"{RelationName.Quote(state)}.objects";

    /// <summary>The statement that makes the table where it is not there.</summary>
    public Statement Create() =>
        new(
            $"""
            create table if not exists {Table} (
              relation_schema text, relation_name text, project text not null, object oid not null, kind "char" not null,
              primary key (relation_schema, relation_name)
            )
            """
        );

    /// <summary>The statements that note what a plan made and forget what it pruned.</summary>
    /// <param name="plan">The plan, of whose cut-over all is done.</param>
    public IEnumerable<Statement> Note(DeploymentPlan plan)
    {
        if (!plan.CutOver.IsEmpty)
        {
            yield return new Statement(
                $"""
                insert into {Table}
                select n.nspname, c.relname, {SqlText.Literal(project)}, c.oid, c.relkind
                from (values {Names(plan.CutOver.Select(step => step.Node.Relation))}) m(relation_schema, relation_name)
                join pg_catalog.pg_namespace n on n.nspname = m.relation_schema
                join pg_catalog.pg_class c on c.relnamespace = n.oid and c.relname = m.relation_name
                on conflict (relation_schema, relation_name) do update
                set project = excluded.project, object = excluded.object, kind = excluded.kind
                """
            );
        }

        if (!plan.Pruned.IsEmpty)
        {
            var names = Names(plan.Pruned.Select(pruned => pruned.Name));
            yield return new Statement(
                $"delete from {Table} where (relation_schema, relation_name) in (values {names})"
            );
        }
    }

    /// <summary>What the project made, is still there under its name, and is not declared any more.</summary>
    /// <param name="runner">The session.</param>
    /// <param name="database">The database, for the names.</param>
    /// <param name="declared">The relations of the project.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>What is the object that was made, and the names of what is another one; in ordinal order.</returns>
    public async Task<(ImmutableArray<PrunedRelation> Own, ImmutableArray<RelationName> Others)> ReadAsync(
        StatementRunner runner,
        string database,
        IReadOnlySet<RelationName> declared,
        CancellationToken cancellationToken
    )
    {
        var exists = $"select pg_catalog.to_regclass({SqlText.Literal(Table)}) is not null";
        var found = await runner.QueryAsync(new Statement(exists), cancellationToken).ConfigureAwait(false);
        if (found[0][0] is not true)
        {
            return ([], []);
        }

        var query = $"""
            select o.relation_schema, o.relation_name, c.oid, c.relkind::text, c.reltuples::bigint,
              c.oid = o.object and c.relkind = o.kind
            from {Table} o
            join pg_catalog.pg_namespace n on n.nspname = o.relation_schema
            join pg_catalog.pg_class c on c.relnamespace = n.oid and c.relname = o.relation_name
            where o.project = {SqlText.Literal(project)}
            """;
        var rows = (await runner.QueryAsync(new Statement(query), cancellationToken).ConfigureAwait(false))
            .Select(row =>
                (
                    Relation: new PrunedRelation(
                        new RelationName(database, (string)row[0]!, (string)row[1]!),
                        (uint)row[2]!,
                        RelationKindWords.FromLetter(((string)row[3]!)[0]),
                        (long)row[4]!
                    ),
                    IsOwn: row[5] is true
                )
            )
            .Where(row => !declared.Contains(row.Relation.Name))
            .OrderBy(row => row.Relation.Name.ToString(), StringComparer.Ordinal)
            .ToList();
        return (
            [.. rows.Where(row => row.IsOwn).Select(row => row.Relation)],
            [.. rows.Where(row => !row.IsOwn).Select(row => row.Relation.Name)]
        );
    }

    private static string Names(IEnumerable<RelationName> names) =>
        string.Join(
            ", ",
            names.Select(name => $"({SqlText.Literal(name.Schema)}, {SqlText.Literal(name.Identifier)})")
        );
}
