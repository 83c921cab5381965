using System.Collections.Immutable;
using System.Globalization;
using Analytics.Compiler.Resolving;
using Analytics.Deployment.Planning.Catalog;

namespace Analytics.Deployment.Planning.Describing;

/// <summary>What the cut-over of a plan does to one live relation, as far as it is known before anything is built.</summary>
/// <param name="Action">
/// <c>create</c>, <c>rebuild</c> (a table in place of one), <c>replace</c> (anything else in place of something), <c>merge</c>, <c>refresh</c>,
/// <c>recreate</c> (dropped and created as it was) or <c>drop</c>.
/// </param>
/// <param name="Relation">The relation.</param>
/// <param name="Kind">What it will be; of a drop, what it is.</param>
/// <param name="Lock">PostgreSQL's name of the strongest lock on what is live; empty where nothing is.</param>
internal sealed record PlannedChange(string Action, RelationName Relation, RelationKind Kind, string Lock)
{
    /// <summary>The node; null for what the project does not make.</summary>
    public string? UniqueId { get; init; }

    /// <summary>What is there now; null for nothing.</summary>
    public RelationKind? Old { get; init; }

    /// <summary>How many rows the server thinks are there now; null where nothing is, or it does not know.</summary>
    public long? Rows { get; init; }

    /// <summary>Why rows are lost that cannot be built again from what the project reads; null when none are.</summary>
    public string? Destroys { get; init; }

    /// <summary>Views and materialized views of others that read it, and are created again with it.</summary>
    public ImmutableArray<RelationName> Dependents { get; init; } = [];

    /// <summary>The privileges that the config gives, for example <c>SELECT to reporter</c>; empty where it says nothing.</summary>
    public ImmutableArray<string> Grants { get; init; } = [];

    /// <summary>The rows for people, after a comma; empty where nothing is known of them.</summary>
    public string Estimate =>
        Rows is { } rows
            ? string.Create(CultureInfo.InvariantCulture, $", about {rows:N0} {(rows == 1 ? "row" : "rows")}")
            : string.Empty;
}
