using System.Collections.Immutable;
using Analytics.Compiler.Loading.Resources;
using Analytics.Text;

namespace Analytics.Compiler.Resolving.Nodes;

/// <summary>A table that others write; it depends on nothing.</summary>
/// <param name="Table">Its declaration.</param>
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
public sealed record SourceNode(
    SourceTable Table,
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
    /// <summary>The description of its source; empty when absent.</summary>
    public string SourceDescription { get; init; } = string.Empty;

    /// <summary>What loads the table, for people; empty when absent.</summary>
    public string Loader { get; init; } = string.Empty;

    /// <summary>How old its newest row may be; null where nobody says.</summary>
    public SourceFreshness? Freshness { get; init; }

    /// <summary>The SQL expression that says when a row was loaded; null when absent.</summary>
    public string? LoadedAtField { get; init; }

    /// <summary>A query that says when the newest row was loaded, a template; null when absent.</summary>
    public string? LoadedAtQuery { get; init; }

    /// <inheritdoc />
    public override ResourceKind Kind => ResourceKind.Source;
}
