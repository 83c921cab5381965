using System.Collections.Immutable;
using Analytics.Compiler.Rendering;
using Analytics.Compiler.Resolving;
using Analytics.Compiler.Resolving.Nodes;

namespace Analytics.Deployment.Planning.Deferring;

/// <summary>Every relation under its final name; of what is deferred, the relation of another target.</summary>
/// <param name="deferred">The relations of other targets, by unique id.</param>
internal sealed class LiveRelations(ImmutableDictionary<string, RelationName> deferred) : IRelationBinding
{
    public RelationName Of(RelationNode node) => deferred.GetValueOrDefault(node.UniqueId) ?? node.Relation;

    public RelationName ThisOf(RelationNode node) => node.Relation;

    public RelationName Of(FunctionNode node) => deferred.GetValueOrDefault(node.UniqueId) ?? node.Relation;
}
