using System.Collections.Immutable;
using Analytics.Compiler;
using Analytics.Compiler.Rendering;
using Analytics.Compiler.Resolving;
using Analytics.Compiler.Resolving.Nodes;
using Analytics.Deployment.Applying.Catalog;
using Analytics.Deployment.Applying.CuttingOver;
using Analytics.Deployment.Applying.State;
using Analytics.Deployment.Planning;
using Analytics.Deployment.Planning.Catalog;
using Analytics.Deployment.Planning.Deferring;
using Analytics.Deployment.Planning.Fingerprints;
using Analytics.Deployment.Planning.Pruning;
using Analytics.Deployment.Reporting;
using Npgsql;

namespace Analytics.Deployment.Applying;

/// <summary>Reads from an open target what a plan is made of, and makes the plan; nothing is written and no lock is taken.</summary>
/// <param name="project">The project, bound to the target.</param>
/// <param name="session">A connection to the target.</param>
/// <param name="log">Who is told of what stands in the way.</param>
internal sealed class TargetPlanner(CompiledProject project, NpgsqlConnection session, PublishLog log)
{
    private readonly StatementRunner runner = new(session);
    private readonly StateSchema state = new(project.Target.Schema);
    private readonly NewSchemas unfinished = new(project.Source.Root.Name, project.Target.Schema);

    /// <summary>When what is built becomes visible.</summary>
    public CutOverMode CutOver { get; init; }

    /// <summary>Whether also what did not change is built.</summary>
    public bool Force { get; init; }

    /// <summary>Which rows nodes get of what they read: a view says so in its text.</summary>
    public InputRows Inputs { get; init; } = InputRows.All;

    /// <summary>Which other target is read where a node is not selected; null for none.</summary>
    public Deferral? Deferral { get; init; }

    /// <summary>Whether what the project made and has no more is dropped.</summary>
    public bool Prune { get; init; }

    /// <summary>Makes the plan; only the catalog is read.</summary>
    /// <param name="selected">Unique ids of the nodes to publish.</param>
    /// <param name="fullRefresh">Whether incremental models are built anew.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>Null when there is an error, which was told.</returns>
    public async Task<DeploymentPlan?> PlanAsync(
        IReadOnlySet<string> selected,
        bool fullRefresh,
        CancellationToken cancellationToken
    )
    {
        using var span = PublishTrace.Part("plan");
        var unselected = Deferral is null ? [] : Deferral.Candidates(project.Graph, selected).ToList();
        var names = project
            .Graph.Nodes.OfType<RelationNode>()
            .Where(node => node is not SourceNode && selected.Contains(node.UniqueId))
            .Select(node => node.Relation)
            .Concat(Tests(selected).Select(test => test.FailingRows).OfType<RelationName>())
            .Concat(unselected.OfType<RelationNode>().Select(node => node.Relation))
            .Distinct()
            .ToList();
        var catalog = await CatalogReader
            .ReadAsync(session, names, unfinished.Mark, cancellationToken)
            .ConfigureAwait(false);
        var here = await FunctionCatalog
            .ExistingAsync(
                runner,
                [.. unselected.OfType<FunctionNode>().Select(node => node.Relation)],
                cancellationToken
            )
            .ConfigureAwait(false);
        var (deferred, elsewhere) =
            Deferral?.Resolve(unselected, catalog, here, project.Target.Database)
            ?? (ImmutableDictionary<string, RelationName>.Empty, []);
        if (log.Diagnostics(elsewhere))
        {
            return null;
        }

        var live = new LiveRelations(deferred);
        var fingerprints = Fingerprints(selected, fullRefresh, live, cancellationToken);
        var functions = await state
            .Functions(project.Source.Root.Name)
            .ReadAsync(runner, project.Target.Database, cancellationToken)
            .ConfigureAwait(false);
        var published =
            Force || fullRefresh
                ? PublishedState.Empty
                : await state.ReadAsync(runner, project.Target.Database, cancellationToken).ConfigureAwait(false) with
                {
                    Functions = functions
                        .Where(entry => entry.Value.Fingerprint is not null)
                        .ToImmutableDictionary(entry => entry.Key, entry => entry.Value.Fingerprint!),
                };
        var unchanged = new UnchangedRelations(project.Graph, selected, catalog, published, fingerprints).Find();
        var builder = new PlanBuilder(project.Graph, selected.Except(unchanged).ToHashSet(), catalog, fullRefresh)
        {
            EachNode = CutOver == CutOverMode.Node,
            MadeFunctions = functions,
            FixedSql = fingerprints.Keys.ToHashSet(StringComparer.Ordinal),
            MaterializedViews = await MaterializedViewsAsync(catalog, published, fingerprints, cancellationToken)
                .ConfigureAwait(false),
        };
        var (draft, wrong) = builder.Draft();
        log.Diagnostics(wrong);
        if (draft is null)
        {
            return null;
        }

        var dependents = await CatalogReader
            .DependentsAsync(
                session,
                project.Target.Database,
                [.. draft.Replaced.Select(relation => relation.Oid)],
                [.. draft.Schemas.Select(StagingNames.Schema)],
                [.. ForeignKeyCarrier.Ends(draft.CutOver)],
                cancellationToken
            )
            .ConfigureAwait(false);
        if (log.Diagnostics(QueryComment.Check(project, draft.Steps.Select(step => step.Step.Node))))
        {
            return null;
        }

        var (plan, blocked) = builder.Complete(draft, project.Target.Name, project.Target.Database, dependents);
        log.Diagnostics(blocked);
        return
            plan is null
            || await PrunedAsync(plan, cancellationToken).ConfigureAwait(false) is not { } pruned
            || await PrunedFunctionsAsync(plan with { Pruned = pruned }, functions, cancellationToken)
                .ConfigureAwait(false)
                is not { } prunedFunctions
            ? null
            : plan with
            {
                Pruned = pruned,
                PrunedFunctions = prunedFunctions,
                Reused =
                [
                    .. project.Graph.Nodes.Where(node =>
                        unchanged.Contains(node.UniqueId)
                        || (node is RelationNode relation && builder.LeftAlone.Contains(relation))
                    ),
                ],
                Fingerprints = fingerprints,
                Deferred = deferred,
                Selected = [.. selected],
            };
    }

    // Whatever is selected: what the project does not declare can be selected by nobody.
    private async Task<ImmutableArray<PrunedRelation>?> PrunedAsync(
        DeploymentPlan plan,
        CancellationToken cancellationToken
    )
    {
        if (!Prune)
        {
            return [];
        }

        var declared = project
            .Graph.Nodes.OfType<RelationNode>()
            .Where(node => node is not ModelNode { Materialization: Materialization.Ephemeral })
            .Select(node => node.Relation)
            .ToHashSet();
        var (own, others) = await state
            .Objects(project.Source.Root.Name)
            .ReadAsync(runner, project.Target.Database, declared, cancellationToken)
            .ConfigureAwait(false);
        foreach (var other in others)
        {
            log.Progress($"{other} is left alone: it is not the object that a publish made");
        }

        var dependents = await CatalogReader
            .DependentsAsync(
                session,
                project.Target.Database,
                [.. own.Select(relation => relation.Oid)],
                plan.StagingSchemas,
                [],
                cancellationToken
            )
            .ConfigureAwait(false);
        var replaced = plan.CutOver.Select(step => step.Node.Relation).ToHashSet();
        if (log.Diagnostics(Pruning.Blocked(own, dependents, replaced)))
        {
            return null;
        }

        foreach (var relation in own)
        {
            log.Progress($"pruning {relation.Kind.Sql()} {relation.Name}: the project does not have it any more");
        }

        return own;
    }

    private async Task<ImmutableArray<MadeFunction>?> PrunedFunctionsAsync(
        DeploymentPlan plan,
        ImmutableDictionary<RelationName, MadeFunction> made,
        CancellationToken cancellationToken
    )
    {
        var declared = project.Graph.Nodes.OfType<FunctionNode>().Select(node => node.Relation).ToHashSet();
        ImmutableArray<MadeFunction> pruned = Prune
            ?
            [
                .. made
                    .Values.Where(function => !declared.Contains(function.Name))
                    .OrderBy(function => function.Signature, StringComparer.Ordinal),
            ]
            : [];
        var blocked = await FunctionCatalog
            .NotPrunedAsync(runner, plan, pruned, cancellationToken)
            .ConfigureAwait(false);
        if (log.Diagnostics(blocked))
        {
            return null;
        }

        foreach (var function in pruned)
        {
            log.Progress($"pruning function {function.Signature}: the project does not have it any more");
        }

        return pruned;
    }

    private async Task<ImmutableDictionary<string, LiveMaterializedView>> MaterializedViewsAsync(
        CatalogSnapshot catalog,
        PublishedState published,
        ImmutableDictionary<string, string> fingerprints,
        CancellationToken cancellationToken
    )
    {
        var live = project
            .Graph.Nodes.OfType<ModelNode>()
            .Where(model => model.Materialization == Materialization.MaterializedView)
            .Select(model => (Model: model, Relation: catalog.Find(model.Relation)))
            .Where(pair => pair.Relation is { Kind: RelationKind.MaterializedView })
            .ToList();
        var indexes = await CatalogReader
            .IndexesAsync(session, [.. live.Select(pair => pair.Relation!.Oid)], cancellationToken)
            .ConfigureAwait(false);
        return live.ToImmutableDictionary(
            pair => pair.Model.UniqueId,
            pair => new LiveMaterializedView(
                published.Fingerprints.TryGetValue(pair.Model.Relation, out var made)
                    && fingerprints.GetValueOrDefault(pair.Model.UniqueId) == made,
                [.. indexes[pair.Relation!.Oid]]
            ),
            StringComparer.Ordinal
        );
    }

    private IEnumerable<TestNode> Tests(IReadOnlySet<string> selected) =>
        project.Graph.Nodes.OfType<TestNode>().Where(test => selected.Contains(test.UniqueId));

    // Rendering does not touch the database here: all processors take part.
    private ImmutableDictionary<string, string> Fingerprints(
        IReadOnlySet<string> selected,
        bool fullRefresh,
        LiveRelations live,
        CancellationToken cancellationToken
    ) =>
        project
            .Graph.Nodes.Where(node =>
                node
                    is SeedNode
                        or FunctionNode
                        or ModelNode { Materialization: Materialization.View or Materialization.MaterializedView }
            )
            .Where(node => selected.Contains(node.UniqueId))
            .AsParallel()
            .WithCancellation(cancellationToken)
            .Select(node =>
                (
                    node.UniqueId,
                    Fingerprint: Fingerprint.Of(project, node, fullRefresh, Inputs, live, cancellationToken)
                )
            )
            .Where(entry => entry.Fingerprint is not null)
            .ToImmutableDictionary(entry => entry.UniqueId, entry => entry.Fingerprint!, StringComparer.Ordinal);
}
