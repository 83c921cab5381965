using System.Collections.Immutable;
using Analytics.Compiler.Loading.Resources;
using Analytics.Text;

namespace Analytics.Compiler.Resolving.Nodes;

/// <summary>SQL that is compiled and never run.</summary>
/// <param name="Resource">Its template.</param>
/// <param name="Columns">The columns that YAML declares, in its order.</param>
/// <param name="UniqueId">See <see cref="GraphNode"/>.</param>
/// <param name="Name">See <see cref="GraphNode"/>.</param>
/// <param name="Package">See <see cref="GraphNode"/>.</param>
/// <param name="Fqn">See <see cref="GraphNode"/>.</param>
/// <param name="Span">See <see cref="GraphNode"/>.</param>
/// <param name="Config">See <see cref="GraphNode"/>.</param>
/// <param name="DependsOn">See <see cref="GraphNode"/>.</param>
/// <param name="Description">See <see cref="GraphNode"/>.</param>
public sealed record AnalysisNode(
    SqlResource Resource,
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
    public override ResourceKind Kind => ResourceKind.Analysis;
}
