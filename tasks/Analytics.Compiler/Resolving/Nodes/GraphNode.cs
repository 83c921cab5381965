using System.Collections.Immutable;
using Analytics.Compiler.Loading.Resources;
using Analytics.Text;

namespace Analytics.Compiler.Resolving.Nodes;

/// <summary>A resource in the graph, with its config resolved.</summary>
/// <param name="UniqueId">dbt's id, for example <c>model.analytics.fct_trips</c>.</param>
/// <param name="Name">The name people use.</param>
/// <param name="Package">The project or package it belongs to.</param>
/// <param name="Fqn">Package, folders, name.</param>
/// <param name="Span">Where a diagnostic on the whole node points.</param>
/// <param name="Config">The merged config.</param>
/// <param name="DependsOn">Unique ids of the nodes it reads, ordinally sorted, each once.</param>
/// <param name="Description">From YAML; empty when absent.</param>
public abstract record GraphNode(
    string UniqueId,
    string Name,
    string Package,
    ImmutableArray<string> Fqn,
    SourceSpan Span,
    NodeConfig Config,
    ImmutableArray<string> DependsOn,
    string Description
)
{
    /// <summary>What kind of resource it is.</summary>
    public abstract ResourceKind Kind { get; }

    /// <summary>The name it has in the database; null for what is nothing there.</summary>
    public virtual RelationName? ObjectName => null;

    /// <summary>What its template refers to by <c>ref</c>, in the order of the first calls, each once.</summary>
    public ImmutableArray<NodeReference> Refs { get; init; } = [];

    /// <summary>What its template refers to by <c>source</c>, in the order of the first calls, each once.</summary>
    public ImmutableArray<SourceReference> SourceRefs { get; init; } = [];

    /// <summary>What its template refers to by <c>function</c>, in the order of the first calls, each once.</summary>
    public ImmutableArray<FunctionReference> FunctionRefs { get; init; } = [];

    /// <summary>The entry in YAML that describes it; null when no file does, and for tests and sources.</summary>
    public ResourceProperties? Described { get; init; }
}

/// <summary>A node that is, or becomes, a relation (an ephemeral model has a name it never uses).</summary>
/// <param name="Relation">The relation's final name.</param>
/// <param name="Columns">The columns that YAML declares, in its order.</param>
/// <param name="UniqueId">See <see cref="GraphNode"/>.</param>
/// <param name="Name">See <see cref="GraphNode"/>.</param>
/// <param name="Package">See <see cref="GraphNode"/>.</param>
/// <param name="Fqn">See <see cref="GraphNode"/>.</param>
/// <param name="Span">See <see cref="GraphNode"/>.</param>
/// <param name="Config">See <see cref="GraphNode"/>.</param>
/// <param name="DependsOn">See <see cref="GraphNode"/>.</param>
/// <param name="Description">See <see cref="GraphNode"/>.</param>
public abstract record RelationNode(
    RelationName Relation,
    ImmutableArray<ColumnProperties> Columns,
    string UniqueId,
    string Name,
    string Package,
    ImmutableArray<string> Fqn,
    SourceSpan Span,
    NodeConfig Config,
    ImmutableArray<string> DependsOn,
    string Description
) : GraphNode(UniqueId, Name, Package, Fqn, Span, Config, DependsOn, Description)
{
    /// <inheritdoc />
    public override RelationName ObjectName => Relation;

    /// <summary>Which parts of the relation's name templates see in quotes.</summary>
    public QuotePolicy Quoting { get; init; } = QuotePolicy.All;

    /// <summary>What runs before the relation is made, in the order of the config.</summary>
    public ImmutableArray<NodeHook> PreHooks { get; init; } = [];

    /// <summary>What runs after the relation was made, in the order of the config.</summary>
    public ImmutableArray<NodeHook> PostHooks { get; init; } = [];

    /// <summary>What roles may do with the relation; null where the project leaves that to others.</summary>
    public ImmutableArray<GrantDefinition>? Grants { get; init; }

    /// <summary>The indexes its table gets, in the order of the config; empty for what is no table.</summary>
    public ImmutableArray<IndexDefinition> Indexes { get; init; } = [];
}
