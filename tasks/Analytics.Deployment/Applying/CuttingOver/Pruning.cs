using System.Collections.Immutable;
using Analytics.Compiler.Diagnostics;
using Analytics.Compiler.Resolving;
using Analytics.Deployment.Applying.Catalog;
using Analytics.Deployment.Planning;
using Analytics.Deployment.Planning.Catalog;
using Analytics.Deployment.Planning.Pruning;
using Analytics.Deployment.Planning.Sql;

namespace Analytics.Deployment.Applying.CuttingOver;

/// <summary>Drops what the project has no more, in the transaction of the cut-over, when all that it has is in its place.</summary>
/// <param name="plan">The plan.</param>
/// <param name="runner">The connection of the transaction, in which <c>lock_timeout</c> is set.</param>
internal sealed class Pruning(DeploymentPlan plan, StatementRunner runner)
{
    /// <summary>Drops.</summary>
    /// <exception cref="StatementException">A lock could not be had, or the server refused a statement.</exception>
    /// <exception cref="PruneException">Something depends on what would be dropped, or it is not what it was.</exception>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        if (plan.Pruned.IsEmpty)
        {
            return;
        }

        await LockAsync(cancellationToken).ConfigureAwait(false);
        var oids = plan.Pruned.Select(pruned => pruned.Oid).ToList();
        var dependents = await CatalogReader
            .DependentsAsync(runner.Connection, plan.Database, oids, plan.StagingSchemas, [], cancellationToken)
            .ConfigureAwait(false);
        var blocked = Blocked(plan.Pruned, dependents, ImmutableHashSet<RelationName>.Empty);
        if (!blocked.IsEmpty)
        {
            throw new PruneException(blocked);
        }

        var views = plan
            .Pruned.Where(pruned => pruned.Kind != RelationKind.Table)
            .ToDictionary(pruned => pruned.Oid, pruned => (pruned.Name, pruned.Kind));
        var reads =
            views.Count > 1
                ? await CatalogReader
                    .ReadsAsync(runner.Connection, [.. views.Keys], cancellationToken)
                    .ConfigureAwait(false)
                : [];
        var tables = plan
            .Pruned.Where(pruned => pruned.Kind == RelationKind.Table)
            .Select(pruned => SqlText.Local(pruned.Name))
            .ToList();
        IEnumerable<string> drops = DropOrder.Statements(views, reads);
        drops = tables.Count > 0 ? drops.Append($"drop table {string.Join(", ", tables)}") : drops;
        await runner
            .ExecuteAsync([.. drops.Select(statement => new Statement(statement))], cancellationToken)
            .ConfigureAwait(false);
    }

    /// <summary>What keeps relations from being dropped: everything that reads them and stays.</summary>
    /// <param name="pruned">The relations.</param>
    /// <param name="dependents">What depends on them.</param>
    /// <param name="replaced">Relations that the publish makes anew, and which may not read them any more.</param>
    public static ImmutableArray<Diagnostic> Blocked(
        ImmutableArray<PrunedRelation> pruned,
        DependentObjects dependents,
        IReadOnlySet<RelationName> replaced
    )
    {
        var gone = pruned.Select(relation => relation.Name).ToHashSet();
        var views = dependents
            .Views.Where(view => !gone.Contains(view.Name) && !replaced.Contains(view.Name))
            .SelectMany(view =>
                view.Reads.Where(gone.Contains).Select(read => new Blocker(read, $"{view.Kind.Sql()} {view.Name}"))
            );
        return
        [
            .. dependents
                .Blockers.Where(blocker => gone.Contains(blocker.On))
                .Concat(views)
                .GroupBy(blocker => blocker.On)
                .OrderBy(group => group.Key.ToString(), StringComparer.Ordinal)
                .Select(group =>
                    DeploymentDiagnostics.NotPruned(
                        group.Key.ToString(),
                        string.Join(
                            ", ",
                            group.Select(blocker => blocker.Description).Distinct().Order(StringComparer.Ordinal)
                        ) + " depends on it"
                    )
                ),
        ];
    }

    // With its lock nobody can put another object in its place, so what is dropped by name is what was found.
    private async Task LockAsync(CancellationToken cancellationToken)
    {
        var owners = await OwnersAsync(cancellationToken).ConfigureAwait(false);
        var changed = plan.Pruned.Where(pruned => !owners.ContainsKey(pruned.Oid)).ToList();
        if (changed.Count == 0)
        {
            var locks = plan.Pruned.Select(pruned =>
                pruned.Kind == RelationKind.Table
                    ? $"lock table only {SqlText.Local(pruned.Name)} in access exclusive mode"
                    : $"alter {pruned.Kind.Sql()} {SqlText.Local(pruned.Name)} owner to {RelationName.Quote(owners[pruned.Oid])}"
            );
            await runner
                .ExecuteAsync([.. locks.Select(statement => new Statement(statement))], cancellationToken)
                .ConfigureAwait(false);
            owners = await OwnersAsync(cancellationToken).ConfigureAwait(false);
            changed = [.. plan.Pruned.Where(pruned => !owners.ContainsKey(pruned.Oid))];
        }

        if (changed.Count > 0)
        {
            throw new PruneException([
                .. changed.Select(pruned =>
                    DeploymentDiagnostics.NotPruned(pruned.Name.ToString(), "somebody replaced it meanwhile")
                ),
            ]);
        }
    }

    // Of those that are still what they were.
    private async Task<Dictionary<uint, string>> OwnersAsync(CancellationToken cancellationToken)
    {
        var names = string.Join(
            ", ",
            plan.Pruned.Select(pruned =>
                FormattableString.Invariant(
                    $"({pruned.Oid}::oid, {SqlText.Literal(pruned.Name.Schema)}, {SqlText.Literal(pruned.Name.Identifier)})"
                )
            )
        );
        var rows = await runner
            .QueryAsync(
                new Statement(
                    $"""
                    select c.oid, pg_catalog.pg_get_userbyid(c.relowner)::text
                    from (values {names}) m(object, schema_name, relation_name)
                    join pg_catalog.pg_namespace n on n.nspname = m.schema_name
                    join pg_catalog.pg_class c on c.relnamespace = n.oid and c.relname = m.relation_name and c.oid = m.object
                    """
                ),
                cancellationToken
            )
            .ConfigureAwait(false);
        return rows.ToDictionary(row => (uint)row[0]!, row => (string)row[1]!);
    }
}

/// <summary>What was to be pruned cannot be.</summary>
internal sealed class PruneException(ImmutableArray<Diagnostic> diagnostics) : Exception("A relation cannot be pruned.")
{
    public ImmutableArray<Diagnostic> Diagnostics => diagnostics;
}
