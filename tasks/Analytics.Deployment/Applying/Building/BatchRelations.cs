using Analytics.Compiler.Rendering;
using Analytics.Compiler.Resolving;
using Analytics.Compiler.Resolving.Nodes;

namespace Analytics.Deployment.Applying.Building;

/// <summary>What a later batch of a new table reads: <c>this</c> is the table that the batches before it filled.</summary>
/// <param name="staged">Where nodes are built.</param>
internal sealed class BatchRelations(StagedRelations staged) : IRelationBinding
{
    public RelationName Of(RelationNode node) => staged.Of(node);

    public RelationName ThisOf(RelationNode node) => staged.Of(node);

    public RelationName Of(FunctionNode node) => staged.Of(node);
}
