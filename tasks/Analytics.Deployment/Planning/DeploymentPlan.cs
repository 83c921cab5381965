using System.Collections.Immutable;
using Analytics.Compiler.Resolving;
using Analytics.Compiler.Resolving.Nodes;
using Analytics.Deployment.Planning.Catalog;
using Analytics.Deployment.Planning.Pruning;
using Analytics.Deployment.Planning.Steps;

namespace Analytics.Deployment.Planning;

/// <summary>All that a publish will do, as data: one class executes it, another prints it.</summary>
/// <param name="Target">The target's name.</param>
/// <param name="Database">The database.</param>
/// <param name="MissingSchemas">Final schemas that must be created, ordinally sorted.</param>
/// <param name="StagingSchemas">Schemas that exist only while the publish runs, ordinally sorted.</param>
/// <param name="Steps">The work on nodes, each after all that it waits for.</param>
/// <param name="CutOver">What makes the work visible, in dependency order.</param>
/// <param name="CarriedOver">Views the project does not build now, which are dropped and created again.</param>
internal sealed record DeploymentPlan(
    string Target,
    string Database,
    ImmutableArray<string> MissingSchemas,
    ImmutableArray<string> StagingSchemas,
    ImmutableArray<PlannedStep> Steps,
    ImmutableArray<CutOverStep> CutOver,
    ImmutableArray<DependentView> CarriedOver
)
{
    /// <summary>The schemas in which tests keep their failing rows.</summary>
    public ImmutableSortedSet<string> AuditSchemas { get; init; } = [];

    /// <summary>Whether each node becomes visible by itself; else all do at once.</summary>
    public bool EachNode { get; init; }

    /// <summary>
    /// Of a part of a plan in which each node becomes visible by itself: the views that the rest of it will make. What is made before them may
    /// take away what they are now.
    /// </summary>
    public ImmutableHashSet<RelationName> ToBeMade { get; init; } = [];

    /// <summary>The functions that get what was built of them, in dependency order.</summary>
    public ImmutableArray<BuildFunction> Functions { get; init; } = [];

    /// <summary>Functions that earlier publishes made and the project has no more: they are dropped in the cut-over.</summary>
    public ImmutableArray<MadeFunction> PrunedFunctions { get; init; } = [];

    /// <summary>What is read from another target, by unique id of a node that is not selected.</summary>
    public ImmutableDictionary<string, RelationName> Deferred { get; init; } =
        ImmutableDictionary<string, RelationName>.Empty;

    /// <summary>What earlier publishes made and the project has no more: it is dropped in the cut-over.</summary>
    public ImmutableArray<PrunedRelation> Pruned { get; init; } = [];

    /// <summary>Unique ids of all selected nodes.</summary>
    public ImmutableHashSet<string> Selected { get; init; } = [];

    /// <summary>Selected relations and functions that stay as they are, in dependency order.</summary>
    public ImmutableArray<GraphNode> Reused { get; init; } = [];

    /// <summary>What each relation is made from, by unique id; a node whose SQL only the database knows has none.</summary>
    public ImmutableDictionary<string, string> Fingerprints { get; init; } = ImmutableDictionary<string, string>.Empty;
}

/// <summary>A step and what it waits for.</summary>
/// <param name="Step">What is done.</param>
/// <param name="After">Indexes into <see cref="DeploymentPlan.Steps"/>, ascending; all smaller than the step's own.</param>
/// <param name="Chain">Steps on the longest chain that begins with this one; of the steps that can start, the longest chain does.</param>
internal sealed record PlannedStep(NodeStep Step, ImmutableArray<int> After, int Chain);
