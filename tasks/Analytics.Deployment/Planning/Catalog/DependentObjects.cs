using System.Collections.Immutable;
using Analytics.Compiler.Resolving;

namespace Analytics.Deployment.Planning.Catalog;

/// <summary>What would be lost if some relations were dropped.</summary>
/// <param name="Views">
/// Views and materialized views that read them, directly or through others, each after the views it reads: these are dropped and created
/// again.
/// </param>
/// <param name="Blockers">Everything else that depends on them or on those views.</param>
internal sealed record DependentObjects(ImmutableArray<DependentView> Views, ImmutableArray<Blocker> Blockers)
{
    /// <summary>Nothing depends on anything.</summary>
    public static DependentObjects None { get; } = new([], []);
}

/// <summary>A view or materialized view that reads a relation which is replaced.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Oid">Its object id.</param>
/// <param name="Reads">The relations its query reads, ordinally sorted.</param>
internal sealed record DependentView(RelationName Name, uint Oid, ImmutableArray<RelationName> Reads)
{
    /// <summary>Which of the two it is.</summary>
    public RelationKind Kind { get; init; } = RelationKind.View;
}

/// <summary>Something that cannot be carried over.</summary>
/// <param name="On">The relation it depends on.</param>
/// <param name="Description">What PostgreSQL calls it, for example <c>materialized view bi.totals</c>.</param>
internal sealed record Blocker(RelationName On, string Description);
