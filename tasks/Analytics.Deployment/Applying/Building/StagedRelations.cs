using System.Collections.Immutable;
using Analytics.Compiler.Rendering;
using Analytics.Compiler.Resolving;
using Analytics.Compiler.Resolving.Nodes;

namespace Analytics.Deployment.Applying.Building;

/// <summary>
/// What is built in this publish is read where it is built; all else is read live. <c>this</c> is always the live relation: a
/// model that asks for itself wants what it had.
/// </summary>
/// <param name="staged">The staged relations by unique id.</param>
internal sealed class StagedRelations(ImmutableDictionary<string, RelationName> staged) : IRelationBinding
{
    public RelationName Of(RelationNode node) => staged.GetValueOrDefault(node.UniqueId) ?? node.Relation;

    public RelationName ThisOf(RelationNode node) => node.Relation;
}
