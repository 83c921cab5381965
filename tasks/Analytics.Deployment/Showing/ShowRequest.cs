using System.Collections.Immutable;

namespace Analytics.Deployment.Showing;

/// <summary>What a look at rows asks for.</summary>
public sealed record ShowRequest : TargetRequest
{
    /// <summary>Which nodes; not looked at when there is an <see cref="Inline"/> query.</summary>
    public SelectionRequest Selection { get; init; } = SelectionRequest.All;

    /// <summary>A query of its own, a template that may refer to everything; null for none.</summary>
    public string? Inline { get; init; }

    /// <summary>How many rows at most; null for all.</summary>
    public int? Limit { get; init; } = 5;
}

/// <summary>Rows of a node or a query.</summary>
/// <param name="Name">The node's name; null for a query that is none.</param>
/// <param name="Columns">Names and types of the columns, in order.</param>
/// <param name="Rows">
/// Null, bool, long, <see cref="System.Numerics.BigInteger"/>, double, string, <see cref="DateOnly"/>, <see cref="DateTime"/> or
/// <see cref="DateTimeOffset"/>; what has no other form is its text.
/// </param>
public sealed record ShownTable(
    string? Name,
    ImmutableArray<Compiler.Rendering.WarehouseColumn> Columns,
    ImmutableArray<ImmutableArray<object?>> Rows
);

/// <summary>What a look at rows gave.</summary>
/// <param name="Succeeded">False when something could not be shown; it was told.</param>
/// <param name="Tables">In the order of the graph.</param>
public sealed record ShowReport(bool Succeeded, ImmutableArray<ShownTable> Tables);
