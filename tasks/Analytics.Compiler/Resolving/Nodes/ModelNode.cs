using System.Collections.Immutable;
using Analytics.Compiler.Loading.Resources;
using Analytics.Compiler.Resolving.Contracts;
using Analytics.Text;

namespace Analytics.Compiler.Resolving.Nodes;

/// <summary>A model.</summary>
/// <param name="Resource">Its template.</param>
/// <param name="Materialization">What it becomes.</param>
/// <param name="Incremental">How it grows; null unless it is incremental.</param>
/// <param name="Relation">See <see cref="RelationNode"/>.</param>
/// <param name="Columns">See <see cref="RelationNode"/>.</param>
/// <param name="UniqueId">See <see cref="GraphNode"/>.</param>
/// <param name="Name">See <see cref="GraphNode"/>.</param>
/// <param name="Package">See <see cref="GraphNode"/>.</param>
/// <param name="Fqn">See <see cref="GraphNode"/>.</param>
/// <param name="Span">See <see cref="GraphNode"/>.</param>
/// <param name="Config">See <see cref="GraphNode"/>.</param>
/// <param name="DependsOn">See <see cref="GraphNode"/>.</param>
/// <param name="Description">See <see cref="GraphNode"/>.</param>
public sealed record ModelNode(
    SqlResource Resource,
    Materialization Materialization,
    IncrementalSettings? Incremental,
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
) : RelationNode(Relation, Columns, UniqueId, Name, Package, Fqn, Span, Config, DependsOn, Description)
{
    /// <summary>Which version of the model it is; null for a model without versions.</summary>
    public ModelVersion? Version { get; init; }

    /// <summary>What makes its relation; null where the publish does.</summary>
    public MaterializationMacro? Maker { get; init; }

    /// <summary>What changed indexes do; counts for a materialized view alone.</summary>
    public OnConfigurationChange OnConfigurationChange { get; init; }

    /// <summary>What it promises of its columns; null when it promises nothing.</summary>
    public Contract? Contract { get; init; }

    /// <summary>Who may refer to it.</summary>
    public ModelAccess Access { get; init; } = ModelAccess.Protected;

    /// <inheritdoc />
    public override ResourceKind Kind => ResourceKind.Model;
}

/// <summary>Who may refer to a model.</summary>
public enum ModelAccess
{
    /// <summary>Nodes of its own group.</summary>
    Private,

    /// <summary>Everybody, unless its package restricts access.</summary>
    Protected,

    /// <summary>Everybody.</summary>
    Public,
}
