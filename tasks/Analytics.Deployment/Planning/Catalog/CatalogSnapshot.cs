using System.Collections.Immutable;
using Analytics.Compiler.Rendering;
using Analytics.Compiler.Resolving;

namespace Analytics.Deployment.Planning.Catalog;

/// <summary>What the database held when the plan was made.</summary>
/// <param name="Relations">The live relations whose names the project's nodes have.</param>
/// <param name="Schemas">Every schema there is.</param>
internal sealed record CatalogSnapshot(
    ImmutableDictionary<RelationName, CatalogRelation> Relations,
    ImmutableHashSet<string> Schemas
)
{
    /// <summary>The relation of a name, or null when there is none.</summary>
    public CatalogRelation? Find(RelationName name) => Relations.GetValueOrDefault(name);
}

/// <summary>A live relation.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Oid">Its object id.</param>
/// <param name="Kind">What it is.</param>
/// <param name="Columns">Its columns in order, with types as <c>format_type</c> writes them.</param>
internal sealed record CatalogRelation(
    RelationName Name,
    uint Oid,
    RelationKind Kind,
    ImmutableArray<WarehouseColumn> Columns
)
{
    /// <summary>How many rows the server thinks it has (<c>pg_class.reltuples</c>); negative when it does not know.</summary>
    public long Rows { get; init; } = -1;
}
