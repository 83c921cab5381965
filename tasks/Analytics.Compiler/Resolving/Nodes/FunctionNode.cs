using System.Collections.Immutable;
using Analytics.Compiler.Loading.Resources;
using Analytics.Text;

namespace Analytics.Compiler.Resolving.Nodes;

/// <summary>A function of the database: <c>create function</c>, in SQL.</summary>
/// <param name="Resource">The template of its body.</param>
/// <param name="Signature">What stands around the body.</param>
/// <param name="Relation">Its final name. Functions have names of their own: a table may have the same.</param>
/// <param name="UniqueId">See <see cref="GraphNode"/>.</param>
/// <param name="Name">See <see cref="GraphNode"/>.</param>
/// <param name="Package">See <see cref="GraphNode"/>.</param>
/// <param name="Fqn">See <see cref="GraphNode"/>.</param>
/// <param name="Span">See <see cref="GraphNode"/>.</param>
/// <param name="Config">See <see cref="GraphNode"/>.</param>
/// <param name="DependsOn">See <see cref="GraphNode"/>.</param>
/// <param name="Description">See <see cref="GraphNode"/>.</param>
public sealed record FunctionNode(
    SqlResource Resource,
    FunctionSignature Signature,
    RelationName Relation,
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

    /// <summary>Which parts of the function's name templates see in quotes.</summary>
    public QuotePolicy Quoting { get; init; } = QuotePolicy.All;

    /// <summary>Who may execute it; null where the project leaves that to others.</summary>
    public ImmutableArray<GrantDefinition>? Grants { get; init; }

    /// <inheritdoc />
    public override ResourceKind Kind => ResourceKind.Function;
}
