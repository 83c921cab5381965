using System.Collections.Immutable;
using Analytics.Compiler.Diagnostics;
using Analytics.Compiler.Resolving;
using Analytics.Compiler.Resolving.Nodes;
using Analytics.Deployment.Planning.Catalog;
using Analytics.Deployment.Planning.Steps;

namespace Analytics.Deployment.Planning;

/// <summary>Turns a graph, a selection and what the database holds into a plan.</summary>
/// <param name="graph">The whole graph.</param>
/// <param name="selected">Unique ids of the nodes to publish.</param>
/// <param name="catalog">What the database holds.</param>
/// <param name="fullRefresh">Whether incremental models without a word of their own are built anew.</param>
internal sealed class PlanBuilder(
    ModelGraph graph,
    IReadOnlySet<string> selected,
    CatalogSnapshot catalog,
    bool fullRefresh
)
{
    private readonly List<Diagnostic> diagnostics = [];
    private readonly List<NodeStep> steps = [];
    private readonly List<CutOverStep> cutOver = [];
    private readonly List<RelationNode> leftAlone = [];
    private readonly List<BuildFunction> functions = [];
    private readonly HashSet<RelationName> staged = [];

    /// <summary>The functions that earlier publishes made, by name.</summary>
    public IReadOnlyDictionary<RelationName, MadeFunction> MadeFunctions { get; init; } =
        ImmutableDictionary<RelationName, MadeFunction>.Empty;

    /// <summary>What is known of live materialized views, by unique id.</summary>
    public IReadOnlyDictionary<string, LiveMaterializedView> MaterializedViews { get; init; } =
        ImmutableDictionary<string, LiveMaterializedView>.Empty;

    /// <summary>Whether each node becomes visible by itself.</summary>
    public bool EachNode { get; init; }

    /// <summary>Unique ids of the nodes whose SQL does not depend on what a database answers.</summary>
    public IReadOnlySet<string> FixedSql { get; init; } = ImmutableHashSet<string>.Empty;

    /// <summary>Nodes that are left alone although they are not what their config says, because it says so.</summary>
    public IReadOnlyList<RelationNode> LeftAlone => leftAlone;

    /// <summary>What the steps are; the dependents of what they replace are not looked at yet.</summary>
    /// <returns>The draft; null when an existing relation is of a kind that cannot be replaced.</returns>
    public (PlanDraft? Draft, ImmutableArray<Diagnostic> Diagnostics) Draft()
    {
        staged.UnionWith(graph.Nodes.OfType<RelationNode>().Select(node => StagingNames.Relation(node.Relation)));
        foreach (var node in graph.Nodes.Where(node => selected.Contains(node.UniqueId)))
        {
            Add(node);
        }

        return diagnostics.Count > 0
            ? (null, [.. diagnostics])
            : (
                new PlanDraft(UnreadViews.Find(StepOrder.Arrange(graph, steps), FixedSql, EachNode), [.. cutOver])
                {
                    Functions = [.. functions],
                },
                []
            );
    }

    /// <summary>The plan; what depends on the replaced relations is known now.</summary>
    /// <param name="draft">What <see cref="Draft"/> gave.</param>
    /// <param name="target">The target's name.</param>
    /// <param name="database">The database.</param>
    /// <param name="dependents">What depends on <see cref="PlanDraft.Replaced"/>.</param>
    /// <returns>The plan; null when something depends on a replaced relation that cannot be carried over.</returns>
    public (DeploymentPlan? Plan, ImmutableArray<Diagnostic> Diagnostics) Complete(
        PlanDraft draft,
        string target,
        string database,
        DependentObjects dependents
    )
    {
        if (dependents.Blockers.Length > 0)
        {
            return (null, Blocked(draft.CutOver, dependents.Blockers));
        }

        var own = draft.CutOver.Select(step => step.Node.Relation).ToHashSet();
        var schemas = draft.Schemas.ToImmutableSortedSet(StringComparer.Ordinal);
        var audit = draft
            .Steps.Select(planned => (planned.Step as RunTest)?.Test.FailingRows?.Schema)
            .OfType<string>()
            .ToImmutableSortedSet(StringComparer.Ordinal);
        var plan = new DeploymentPlan(
            target,
            database,
            [.. schemas.Union(audit).Where(schema => !catalog.Schemas.Contains(schema))],
            [.. schemas.Select(StagingNames.Schema).Order(StringComparer.Ordinal)],
            draft.Steps,
            draft.CutOver,
            [.. dependents.Views.Where(view => !own.Contains(view.Name))]
        )
        {
            AuditSchemas = audit,
            Functions = draft.Functions,
            EachNode = EachNode,
        };
        return (plan, []);
    }

    /// <summary>One diagnostic for each relation that cannot be replaced.</summary>
    public static ImmutableArray<Diagnostic> Blocked(IEnumerable<CutOverStep> cutOver, IEnumerable<Blocker> blockers)
    {
        var nodes = cutOver.ToDictionary(step => step.Node.Relation, step => step.Node);
        return
        [
            .. blockers
                .GroupBy(blocker => blocker.On)
                .OrderBy(group => group.Key.ToString(), StringComparer.Ordinal)
                .Select(group =>
                    DeploymentDiagnostics.Dependents(
                        nodes.GetValueOrDefault(group.Key)?.Span,
                        group.Key.ToString(),
                        string.Join(
                            ", ",
                            group.Select(blocker => blocker.Description).Distinct().Order(StringComparer.Ordinal)
                        )
                    )
                ),
        ];
    }

    private void Add(GraphNode node)
    {
        switch (node)
        {
            case ModelNode { Maker: not null } model when Replaceable(model) is (true, var old):
                var keeps =
                    model.Maker.ReadsOld
                    && old is { Kind: RelationKind.Table or RelationKind.View }
                    && !(model.Config.Flag("full_refresh") ?? fullRefresh);
                AddTable(model, new MakeRelation(model, old, keeps, StagingNames.Relation(model.Relation)), old);
                break;
            case ModelNode { Maker: not null }:
                break;
            case ModelNode { Materialization: Materialization.View } model when Replaceable(model) is (true, var old):
                steps.Add(new BuildView(model, StagingNames.Relation(model.Relation)));
                cutOver.Add(new CreateView(model, old));
                break;
            case ModelNode { Materialization: Materialization.Table } model when Replaceable(model) is (true, var old):
                AddTable(model, new BuildTable(model, StagingNames.Relation(model.Relation)), old);
                break;
            case ModelNode { Materialization: Materialization.Incremental } model
                when Replaceable(model) is (true, var old):
                AddIncremental(model, old);
                break;
            case ModelNode { Materialization: Materialization.MaterializedView } model
                when Replaceable(model) is (true, var old):
                AddMaterializedView(model, old);
                break;
            case SeedNode seed when Existing(seed, seed.Relation, RelationKind.Table) is (true, var old):
                AddTable(seed, new LoadSeed(seed, StagingNames.Relation(seed.Relation)), old);
                break;
            case SnapshotNode snapshot
                when Existing(snapshot, snapshot.Relation, RelationKind.Table) is (true, var old):
                AddSnapshot(snapshot, old);
                break;
            case FunctionNode function:
                var build = new BuildFunction(
                    function,
                    StagingNames.Relation(function.Relation),
                    MadeFunctions.GetValueOrDefault(function.Relation)?.Oid
                );
                steps.Add(build);
                functions.Add(build);
                break;
            case UnitTestNode test:
                steps.Add(new RunUnitTest(test, (ModelNode)graph[test.Model]));
                break;
            case TestNode { FailingRows: null } test:
                steps.Add(new RunTest(test, null));
                break;
            case TestNode { FailingRows: { } kept } test when Existing(test, kept, Kinds) is (true, var old):
                steps.Add(new RunTest(test, old));
                break;
            default:
                // Ephemeral models, sources, and what a diagnostic was just given for.
                break;
        }
    }

    private void AddTable(RelationNode node, NodeStep build, CatalogRelation? old)
    {
        steps.Add(build);
        cutOver.Add(new MoveTable(node, StagingNames.Relation(node.Relation), old));
    }

    private void AddIncremental(ModelNode model, CatalogRelation? old)
    {
        var anew = model.Incremental?.FullRefresh ?? fullRefresh;
        if (old is not { Kind: RelationKind.Table } || anew)
        {
            AddTable(model, new BuildTable(model, StagingNames.Relation(model.Relation)), old);
            return;
        }

        var delta = StagingNames.Delta(model.Relation, staged);
        staged.Add(delta);
        var build = new BuildDelta(model, old, delta, StagingNames.Relation(model.Relation));
        steps.Add(build);
        cutOver.Add(new MergeDelta(build));
    }

    private void AddMaterializedView(ModelNode model, CatalogRelation? old)
    {
        var build = new BuildMaterializedView(model, StagingNames.Relation(model.Relation));
        var (step, refusal) = new MaterializedViews(graph, MaterializedViews).Decide(build, old, fullRefresh, cutOver);
        if (step is not null)
        {
            steps.Add(build);
            cutOver.Add(step);
        }
        else if (refusal is not null)
        {
            diagnostics.Add(refusal);
        }
        else
        {
            leftAlone.Add(model);
        }
    }

    private void AddSnapshot(SnapshotNode snapshot, CatalogRelation? old)
    {
        if (old is null)
        {
            AddTable(snapshot, new BuildSnapshot(snapshot, StagingNames.Relation(snapshot.Relation)), old);
            return;
        }

        var missing = Snapshots
            .SnapshotColumns.Required(snapshot.Settings)
            .Where(name => !old.Columns.Any(column => column.Name == name))
            .ToList();
        if (missing.Count > 0)
        {
            diagnostics.Add(
                DeploymentDiagnostics.WrongRelation(
                    snapshot.Span,
                    snapshot.Relation.ToString(),
                    $"a table without {string.Join(", ", missing)}",
                    "the table of a snapshot"
                )
            );
            return;
        }

        var source = StagingNames.Source(snapshot.Relation, staged);
        staged.Add(source);
        var delta = StagingNames.Delta(snapshot.Relation, staged);
        staged.Add(delta);
        var build = new BuildSnapshotDelta(snapshot, old, source, delta, StagingNames.Relation(snapshot.Relation));
        steps.Add(build);
        cutOver.Add(new MergeSnapshot(build));
    }

    private static ReadOnlySpan<RelationKind> Kinds =>
        [RelationKind.Table, RelationKind.View, RelationKind.MaterializedView];

    private (bool Fits, CatalogRelation? Old) Replaceable(ModelNode model) => Existing(model, model.Relation, Kinds);

    private (bool Fits, CatalogRelation? Old) Existing(
        GraphNode node,
        RelationName relation,
        params ReadOnlySpan<RelationKind> kinds
    )
    {
        var old = catalog.Find(relation);
        if (old is null || kinds.Contains(old.Kind))
        {
            return (true, old);
        }

        diagnostics.Add(
            DeploymentDiagnostics.WrongRelation(
                node.Span,
                relation.ToString(),
                old.Kind.WithArticle(),
                kinds[0].WithArticle()
            )
        );
        return (false, old);
    }
}
