using System.Collections.Immutable;
using Analytics.Compiler.Resolving;
using Analytics.Deployment.Applying.Building;
using Analytics.Deployment.Applying.Catalog;
using Analytics.Deployment.Applying.Hooks;
using Analytics.Deployment.Planning.Catalog;
using Analytics.Deployment.Planning.Steps;
using Npgsql;

namespace Analytics.Deployment.Applying.CuttingOver;

/// <summary>One attempt to take the locks and, with them, to replace everything.</summary>
internal sealed class CutOverAttempt(
    RunContext context,
    ImmutableArray<(CutOverStep Step, StepWork Work)> work,
    FunctionCutOver functions,
    StatementRunner runner,
    CutOverOptions options,
    bool inPlace
)
{
    // Relations that are dropped, or whose columns change in a way that views do not survive.
    private readonly ImmutableArray<CatalogRelation> disturbed =
    [
        .. work.Where(entry => entry.Work.DisturbsViews && !(inPlace && CutOverWork.CanStay(entry.Step)))
            .Select(entry => LockedTable(entry.Step))
            .OfType<CatalogRelation>(),
    ];

    // Views that get another query, unless they read what is dropped.
    private readonly ImmutableArray<CatalogRelation> replaceable =
    [
        .. work.Where(entry => inPlace && CutOverWork.CanStay(entry.Step))
            .Select(entry => LockedTable(entry.Step))
            .OfType<CatalogRelation>(),
    ];

    private readonly ForeignKeyCarrier keys = new(context.Plan, runner);

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
        var locks = new CutOverLocks(context.Plan, runner, options);
        await locks.TakeStagedAsync(cancellationToken).ConfigureAwait(false);

        // What is to be locked must be read first. What came in while the locks were waited for counts: so it is read again, and
        // while the locks are held nothing more can come.
        var seen = await ReadAsync(cancellationToken).ConfigureAwait(false);
        var tables = work.Where(entry => !entry.Work.Locking.IsEmpty)
            .Select(entry => LockedTable(entry.Step))
            .OfType<CatalogRelation>()
            .Concat(seen.Keys.Select(key => new CatalogRelation(key.Child, key.ChildOid, RelationKind.Table, [])))
            .DistinctBy(relation => relation.Oid)
            .ToList();
        Locked =
        [
            .. disturbed.Concat(replaceable).Concat(tables).Select(relation => relation.Oid),
            .. seen.Dependents.Views.Select(view => view.Oid),
            .. context.Plan.Pruned.Select(pruned => pruned.Oid),
        ];
        await locks
            .TakeLiveAsync(seen, [.. disturbed, .. replaceable], tables, cancellationToken)
            .ConfigureAwait(false);
        if (!await locks.TakePrivilegesAsync(Dropped(seen), cancellationToken).ConfigureAwait(false))
        {
            return false;
        }

        var live = await ReadAsync(cancellationToken).ConfigureAwait(false);
        if (!live.IsStill(seen))
        {
            return false;
        }

        await DropViewsAsync(live, cancellationToken).ConfigureAwait(false);
        await keys.DropAsync(live.Keys, cancellationToken).ConfigureAwait(false);
        await CreateAsync(live.Dependents.Views, live.States, cancellationToken).ConfigureAwait(false);
        await keys.RecreateAsync(live.Keys, cancellationToken).ConfigureAwait(false);
        await CarryAsync(live, cancellationToken).ConfigureAwait(false);
        await RunHooksAsync(cancellationToken).ConfigureAwait(false);
        await new Pruning(context.Plan, runner).RunAsync(cancellationToken).ConfigureAwait(false);
        await functions.DropAsync(cancellationToken).ConfigureAwait(false);
        return true;
    }

    // What the project replaces and what others built on it.
    private IEnumerable<RelationState> Dropped(LiveObjects live) =>
        disturbed
            .Concat(replaceable.Where(view => !live.Staying.ContainsKey(view.Name)))
            .Select(relation => relation.Name)
            .Concat(live.Dependents.Views.Select(view => view.Name))
            .Distinct()
            .Select(name => live.States.GetValueOrDefault(name))
            .OfType<RelationState>();

    // Of what was not built as it will be: now the relations are there.
    private async Task RunHooksAsync(CancellationToken cancellationToken)
    {
        var hooks = new HookRunner(context, runner);
        foreach (var (step, _) in work.Where(entry => entry.Step is not MoveTable))
        {
            await hooks
                .RunAsync(
                    step.Node,
                    step.Node.PostHooks,
                    inTransaction: true,
                    isIncremental: step is MergeDelta,
                    NameTranslation.None,
                    cancellationToken
                )
                .ConfigureAwait(false);
        }
    }

    private async Task<LiveObjects> ReadAsync(CancellationToken cancellationToken)
    {
        var found = await CatalogReader
            .DependentsAsync(
                Connection,
                Database,
                [.. disturbed.Select(relation => relation.Oid)],
                context.Plan.StagingSchemas,
                [.. ForeignKeyCarrier.Ends(context.Plan.CutOver)],
                cancellationToken
            )
            .ConfigureAwait(false);
        if (!found.Blockers.IsEmpty)
        {
            throw new DependentsException(found.Blockers);
        }

        // A view of ours that reads what is dropped cannot stay.
        var reached = found.Views.Select(view => view.Oid).ToHashSet();
        var staying = await RelationStateReader
            .StayingAsync(Connection, [.. replaceable.Where(view => !reached.Contains(view.Oid))], cancellationToken)
            .ConfigureAwait(false);
        var own = replaceable.Select(view => view.Oid).ToHashSet();
        var foreign = found with { Views = found.Views.RemoveAll(view => own.Contains(view.Oid)) };
        var states = await RelationStateReader
            .ReadAsync(Connection, Names(foreign, staying), cancellationToken)
            .ConfigureAwait(false);
        return new LiveObjects(foreign, staying, states)
        {
            Keys = await keys.ReadAsync(cancellationToken).ConfigureAwait(false),
        };
    }

    // Of a view that stays as it is nothing need be known, unless the project says something of it.
    private HashSet<RelationName> Names(
        DependentObjects dependents,
        ImmutableDictionary<RelationName, StayingView> staying
    ) =>
        [
            .. work.Select(entry => entry.Step.Node)
                .Where(node =>
                    staying.GetValueOrDefault(node.Relation) is not { HasOptions: false } || StateCarrier.Speaks(node)
                )
                .Select(node => node.Relation),
            .. dependents.Views.Select(view => view.Name),
        ];

    private async Task DropViewsAsync(LiveObjects live, CancellationToken cancellationToken)
    {
        var views = disturbed
            .Concat(replaceable.Where(view => !live.Staying.ContainsKey(view.Name)))
            .Where(CutOverLocks.IsView)
            .Select(relation => (relation.Oid, relation.Name, relation.Kind))
            .Concat(live.Dependents.Views.Select(view => (view.Oid, view.Name, view.Kind)))
            .Where(view => live.States.ContainsKey(view.Name))
            .ToDictionary(view => view.Oid, view => (view.Name, view.Kind));

        // One DROP VIEW sorts out itself what reads what; it takes no materialized views.
        var reads = views.Values.Any(view => view.Kind == RelationKind.MaterializedView)
            ? await CatalogReader.ReadsAsync(Connection, [.. views.Keys], cancellationToken).ConfigureAwait(false)
            : [];
        await runner
            .ExecuteAsync(
                [.. DropOrder.Statements(views, reads).Select(statement => new Statement(statement))],
                cancellationToken
            )
            .ConfigureAwait(false);
    }

    private async Task CreateAsync(
        ImmutableArray<DependentView> views,
        ImmutableDictionary<RelationName, RelationState> before,
        CancellationToken cancellationToken
    )
    {
        // Tables move first: their names must be there for the views.
        var tables = work.Where(entry => !CreationOrder.IsOfQuery(entry.Step)).SelectMany(entry => entry.Work.Locking);
        var added = work.SelectMany(entry => entry.Work.Keys);
        await runner.ExecuteAsync([.. tables, .. added], cancellationToken).ConfigureAwait(false);
        await functions.ReplaceAsync(cancellationToken).ConfigureAwait(false);
        var byStep = work.ToDictionary(entry => entry.Step.Node.UniqueId, entry => entry.Work, StringComparer.Ordinal);
        var steps = work.Select(entry => entry.Step).Where(CreationOrder.IsOfQuery).ToList();
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
        IEnumerable<string> statements = StateCarrier.Recreate(view, currentUser);
        if (context.Plan.ToBeMade.Contains(view.Name))
        {
            await TryAsync(statements, cancellationToken).ConfigureAwait(false);
            return;
        }

        try
        {
            await runner
                .ExecuteAsync([.. statements.Select(statement => new Statement(statement))], cancellationToken)
                .ConfigureAwait(false);
        }
        catch (StatementException exception)
        {
            throw new RecreateException(exception.Error, exception.Statement, $"view {view.Name}");
        }
    }

    // A view that comes later in this publish gets its new query then; as it is, it may not fit any more.
    private async Task TryAsync(IEnumerable<string> statements, CancellationToken cancellationToken)
    {
        await runner.ExecuteAsync("savepoint before_view", cancellationToken).ConfigureAwait(false);
        try
        {
            await runner
                .ExecuteAsync([.. statements.Select(statement => new Statement(statement))], cancellationToken)
                .ConfigureAwait(false);
        }
        catch (StatementException)
        {
            await runner.ExecuteAsync("rollback to savepoint before_view", cancellationToken).ConfigureAwait(false);
        }

        await runner.ExecuteAsync("release savepoint before_view", cancellationToken).ConfigureAwait(false);
    }

    private async Task CarryAsync(LiveObjects live, CancellationToken cancellationToken)
    {
        var steps = work.ToDictionary(entry => entry.Step.Node.Relation, entry => entry.Step);
        var names = Names(live.Dependents, live.Staying);
        var after = await RelationStateReader.ReadAsync(Connection, names, cancellationToken).ConfigureAwait(false);
        var schemas = work.Select(entry => entry.Step.Node.Relation.Schema).Distinct().ToList();
        var defaults = await RelationStateReader
            .DefaultsAsync(Connection, schemas, cancellationToken)
            .ConfigureAwait(false);
        var statements = new List<string>();
        ImmutableHashSet<Grant> Defaults(RelationName name) => [.. defaults[name.Schema], .. defaults[string.Empty]];

        foreach (var (name, now) in after.OrderBy(entry => entry.Key.ToString(), StringComparer.Ordinal))
        {
            var step = steps.GetValueOrDefault(name);
            if (step is MergeDelta or MergeSnapshot or RefreshMaterializedView)
            {
                // It is the table that it was: what somebody granted or said of it this very moment stands, unless the project says so.
                var same = now with
                {
                    Grants = Privileges.OfKept(now.Grants, step.Node),
                };
                statements.AddRange(StateCarrier.Carry(same, now, step.Node));
                continue;
            }

            // A table is created elsewhere, so the defaults of its schema do not come by themselves.
            var old = live.States.GetValueOrDefault(name) ?? now with { Grants = Defaults(name), Comment = null };

            // What a hook granted to a staged table; what it got by default where it was built does not count.
            var granted = step is MoveTable ? now.Grants.Except(defaults[string.Empty]) : [];
            var wanted = Privileges.OfReplaced(old.Grants, granted, Defaults(name), step?.Node);
            statements.AddRange(StateCarrier.Carry(old with { Grants = wanted }, now, step?.Node));
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
            CreateMaterializedView create => create.Old,
            RefreshMaterializedView refresh => refresh.Live,
            MergeDelta merge => merge.Build.Live,
            MergeSnapshot merge => merge.Build.Live,
            _ => null,
        };
}
