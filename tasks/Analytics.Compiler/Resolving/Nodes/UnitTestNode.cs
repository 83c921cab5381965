using System.Collections.Immutable;
using Analytics.Compiler.Loading.Resources;
using Analytics.Text;

namespace Analytics.Compiler.Resolving.Nodes;

/// <summary>A unit test of one model, or of one version of it.</summary>
/// <param name="Declaration">Its entry in YAML.</param>
/// <param name="Model">Unique id of the model under test.</param>
/// <param name="Inputs">The inputs in the order of the file.</param>
/// <param name="Expected">The rows that the model must give.</param>
/// <param name="UniqueId">See <see cref="GraphNode"/>.</param>
/// <param name="Name">See <see cref="GraphNode"/>.</param>
/// <param name="Package">See <see cref="GraphNode"/>.</param>
/// <param name="Fqn">See <see cref="GraphNode"/>.</param>
/// <param name="Span">See <see cref="GraphNode"/>.</param>
/// <param name="Config">See <see cref="GraphNode"/>.</param>
/// <param name="DependsOn">The model only: the inputs' relations need not exist.</param>
/// <param name="Description">See <see cref="GraphNode"/>.</param>
public sealed record UnitTestNode(
    UnitTestDeclaration Declaration,
    string Model,
    ImmutableArray<ResolvedInput> Inputs,
    FixedRows Expected,
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
    public override ResourceKind Kind => ResourceKind.UnitTest;
}

/// <summary>An input of a unit test.</summary>
/// <param name="Node">Unique id of the node it stands in place of; null for <c>this</c>.</param>
/// <param name="Rows">Its rows.</param>
/// <param name="Span">Where the input is named.</param>
public sealed record ResolvedInput(string? Node, FixedRows Rows, SourceSpan Span);

/// <summary>Rows of a unit test, wherever they were written.</summary>
/// <param name="Sql">A SELECT; null where they are values.</param>
/// <param name="Rows">
/// Native values by column, in the order of the file; a value that CSV leaves empty is null, the others of CSV are texts.
/// Empty for SQL.
/// </param>
public sealed record FixedRows(string? Sql, ImmutableArray<ImmutableArray<KeyValuePair<string, object?>>> Rows)
{
    /// <summary>Every column that a row names, in the order of the first time, and where it stands then. Empty for SQL.</summary>
    public ImmutableArray<(string Name, SourceSpan Span)> Columns { get; init; } = [];
}
