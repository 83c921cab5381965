using System.Collections.Immutable;
using Analytics.Compiler.Resolving;
using Analytics.Compiler.Resolving.Nodes;
using Analytics.Deployment.Applying.Building;
using Analytics.Deployment.Applying.Catalog;
using Analytics.Deployment.Planning.Catalog;
using Analytics.Deployment.Planning.Sql;
using Analytics.Deployment.Planning.Steps;
using Npgsql;

namespace Analytics.Deployment.Applying.CuttingOver;

/// <summary>One attempt to take the locks and, with them, to replace everything.</summary>
internal sealed class CutOverAttempt(
    RunContext context,
    ImmutableArray<(CutOverStep Step, StepWork Work)> work,
    StatementRunner runner,
    CutOverOptions options
)
{
    // Relations that are dropped, or whose columns change in a way that views do not survive.
    private readonly ImmutableArray<CatalogRelation> disturbed =
    [
        .. work.Where(entry => entry.Work.DisturbsViews)
            .Select(entry => LockedTable(entry.Step))
            .OfType<CatalogRelation>(),
    ];

    /// <summary>Object ids of all relations that the attempt locks, for finding out who holds them.</summary>
    public ImmutableArray<uint> Locked { get; private set; } = [];

    private NpgsqlConnection Connection => runner.Connection;

    private string Database => context.Plan.Database;

    /// <summary>Replaces everything, inside the transaction that is open.</summary>
    /// <returns>False when something changed meanwhile and the attempt must be made again.</returns>
    /// <exception cref="StatementException">A lock could not be had, or the server refused a statement.</exception>
    /// <exception cref="DependentsException">Something depends on what is replaced that cannot be carried over.</exception>
    public async Task<bool> RunAsync(CancellationToken cancellationToken)
    {
        var dependents = await DependentsAsync(cancellationToken).ConfigureAwait(false);
        Locked = [.. disturbed.Select(relation => relation.Oid), .. dependents.Views.Select(view => view.Oid)];
        var own = work.ToDictionary(entry => entry.Step.Node.Relation, entry => entry.Step.Node);
        var names = own.Keys.Concat(dependents.Views.Select(view => view.Name)).ToHashSet();
        var before = await RelationStateReader.ReadAsync(Connection, names, cancellationToken).ConfigureAwait(false);

        await TakeLocksAsync(dependents, before, cancellationToken).ConfigureAwait(false);
        var late = await DependentsAsync(cancellationToken).ConfigureAwait(false);
        if (late.Views.Length > 0)
        {
            return false;
        }

        await CreateAsync(dependents.Views, before, cancellationToken).ConfigureAwait(false);
        await CarryAsync(own, names, before, cancellationToken).ConfigureAwait(false);
        return true;
    }

    private async Task<DependentObjects> DependentsAsync(CancellationToken cancellationToken)
    {
        var found = await CatalogReader
            .DependentsAsync(
                Connection,
                Database,
                [.. disturbed.Select(relation => relation.Oid)],
                context.Plan.StagingSchemas,
                cancellationToken
            )
            .ConfigureAwait(false);
        return found.Blockers.IsEmpty ? found : throw new DependentsException(found.Blockers);
    }

    // Views from the outside in, then tables: the order in which a reader locks them. LOCK TABLE on a view would lock every table below it
    // as well, sources too; to give a view the owner that it has locks the view alone and changes nothing.
    private async Task TakeLocksAsync(
        DependentObjects dependents,
        ImmutableDictionary<RelationName, RelationState> before,
        CancellationToken cancellationToken
    )
    {
        var views = dependents
            .Views.Reverse()
            .Select(view => (Kind: RelationKind.View, view.Name))
            .Concat(
                disturbed
                    .Reverse()
                    .Where(relation => relation.Kind is RelationKind.View or RelationKind.MaterializedView)
                    .Select(relation => (relation.Kind, relation.Name))
            )
            .Where(view => before.ContainsKey(view.Name))
            .ToList();
        var tables = work.Where(entry => !entry.Work.Locking.IsEmpty)
            .Select(entry => LockedTable(entry.Step))
            .OfType<CatalogRelation>()
            .Where(relation => relation.Kind == RelationKind.Table)
            .Select(relation => SqlText.Local(relation.Name))
            .Order(StringComparer.Ordinal)
            .ToList();
        if (views.Count + tables.Count == 0)
        {
            return;
        }

        var statements = new List<string>
        {
            FormattableString.Invariant($"set local lock_timeout = {(int)options.LockWait.TotalMilliseconds}"),
        };
        statements.AddRange(
            views.Select(view =>
                $"alter {view.Kind.Sql()} {view.Name.ToSql()} owner to {RelationName.Quote(before[view.Name].Owner)}"
            )
        );
        if (tables.Count > 0)
        {
            statements.Add($"lock table only {string.Join(", only ", tables)} in access exclusive mode");
        }

        statements.Add("set local lock_timeout to default");
        var plain = views
            .Where(view => view.Kind == RelationKind.View)
            .Select(view => SqlText.Local(view.Name))
            .ToList();
        if (plain.Count > 0)
        {
            statements.Add($"drop view {string.Join(", ", plain)}");
        }

        await runner
            .ExecuteAsync([.. statements.Select(statement => new Statement(statement))], cancellationToken)
            .ConfigureAwait(false);
    }

    private async Task CreateAsync(
        ImmutableArray<DependentView> views,
        ImmutableDictionary<RelationName, RelationState> before,
        CancellationToken cancellationToken
    )
    {
        // Tables move first: their names must be there for the views.
        var tables = work.Where(entry => entry.Step is not CreateView).SelectMany(entry => entry.Work.Locking);
        await runner.ExecuteAsync([.. tables], cancellationToken).ConfigureAwait(false);
        var byStep = work.ToDictionary(entry => entry.Step.Node.UniqueId, entry => entry.Work, StringComparer.Ordinal);
        var steps = work.Select(entry => entry.Step).Where(step => step is CreateView).ToList();
        var currentUser = views.IsEmpty
            ? string.Empty
            : await CurrentUserAsync(cancellationToken).ConfigureAwait(false);
        var pending = new List<Statement>();
        foreach (var item in CreationOrder.Arrange(context.Project.Graph, steps, views))
        {
            if (item.Step is { } step)
            {
                pending.AddRange(byStep[step.Node.UniqueId].Locking);
                continue;
            }

            await runner.ExecuteAsync(pending, cancellationToken).ConfigureAwait(false);
            pending.Clear();
            await RecreateAsync(before[item.Name], currentUser, cancellationToken).ConfigureAwait(false);
        }

        await runner.ExecuteAsync(pending, cancellationToken).ConfigureAwait(false);
    }

    private async Task RecreateAsync(RelationState view, string currentUser, CancellationToken cancellationToken)
    {
        try
        {
            var statements = StateCarrier.Recreate(view, currentUser).Select(statement => new Statement(statement));
            await runner.ExecuteAsync([.. statements], cancellationToken).ConfigureAwait(false);
        }
        catch (StatementException exception)
        {
            throw new RecreateException(exception.Error, exception.Statement, view.Name.ToString());
        }
    }

    private async Task CarryAsync(
        Dictionary<RelationName, RelationNode> own,
        HashSet<RelationName> names,
        ImmutableDictionary<RelationName, RelationState> before,
        CancellationToken cancellationToken
    )
    {
        var after = await RelationStateReader.ReadAsync(Connection, names, cancellationToken).ConfigureAwait(false);
        var created = work.Where(entry => entry.Step is MoveTable { Old: null })
            .Select(entry => entry.Step.Node.Relation);
        var fresh = created.ToHashSet();
        var schemas = fresh.Select(name => name.Schema).Distinct().ToList();
        var defaults =
            schemas.Count == 0
                ? null
                : await RelationStateReader.DefaultsAsync(Connection, schemas, cancellationToken).ConfigureAwait(false);
        var statements = new List<string>();
        foreach (var (name, now) in after.OrderBy(entry => entry.Key.ToString(), StringComparer.Ordinal))
        {
            var node = own.GetValueOrDefault(name);
            if (before.TryGetValue(name, out var old))
            {
                statements.AddRange(StateCarrier.Carry(old, now, node));
                continue;
            }

            if (fresh.Contains(name))
            {
                statements.AddRange(defaults![name.Schema].Except(now.Grants).Select(grant => grant.GrantSql(name)));
            }

            statements.AddRange(StateCarrier.Comments(null, now, node));
        }

        await runner
            .ExecuteAsync([.. statements.Select(statement => new Statement(statement))], cancellationToken)
            .ConfigureAwait(false);
    }

    private async Task<string> CurrentUserAsync(CancellationToken cancellationToken)
    {
        var rows = await runner
            .QueryAsync(new Statement("select current_user::text"), cancellationToken)
            .ConfigureAwait(false);
        return (string)rows[0][0]!;
    }

    private static CatalogRelation? LockedTable(CutOverStep step) =>
        step switch
        {
            MoveTable move => move.Old,
            CreateView create => create.Old,
            MergeDelta merge => merge.Build.Live,
            MergeSnapshot merge => merge.Build.Live,
            _ => null,
        };
}
