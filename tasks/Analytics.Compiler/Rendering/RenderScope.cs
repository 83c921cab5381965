using System.Collections.Immutable;
using Analytics.Compiler.Rendering.UnitTesting;
using Analytics.Compiler.Resolving;
using Analytics.Compiler.Resolving.Nodes;

namespace Analytics.Compiler.Rendering;

/// <summary>What one rendering of a node depends on beside the project.</summary>
/// <param name="Relations">Where <c>ref</c>, <c>source</c> and <c>this</c> point.</param>
/// <param name="IsIncremental">What <c>is_incremental()</c> says.</param>
/// <param name="FullRefresh">What <c>flags.FULL_REFRESH</c> says.</param>
/// <param name="Warehouse">What templates may ask the database.</param>
/// <param name="Execute">What <c>execute</c> says: true only where a database answers.</param>
public sealed record RenderScope(
    IRelationBinding Relations,
    bool IsIncremental,
    bool FullRefresh,
    IWarehouse Warehouse,
    bool Execute
)
{
    /// <summary>What <c>selected_resources</c> says: unique ids, ordinally; empty at build.</summary>
    public ImmutableArray<string> Selected { get; init; } = [];

    /// <summary>Names that only this rendering knows, and their values, for example <c>results</c> of a hook at the end.</summary>
    public ImmutableDictionary<string, object?> Names { get; init; } =
        ImmutableDictionary.Create<string, object?>(StringComparer.Ordinal);

    /// <summary>The batch that a <c>microbatch</c> model is rendered for; null for none.</summary>
    public BatchWindow? Batch { get; init; }

    /// <summary>Which rows the node gets of what it reads.</summary>
    public InputRows Inputs { get; init; } = InputRows.All;

    /// <summary>Whether a macro makes the node's relation: then its schema is the one where it is built, whatever asks.</summary>
    internal bool IsMaking { get; init; }

    /// <summary>The unit test that the model is rendered for; null for none.</summary>
    internal UnitTestScope? UnitTest { get; init; }

    /// <summary>Who hears <c>print()</c> and <c>log(…, info=true)</c>; null for nobody.</summary>
    public Action<string>? Say { get; init; }
}

/// <summary>Where relations are for one rendering: the final names, or the ones being built beside them.</summary>
public interface IRelationBinding
{
    /// <summary>What <c>ref</c> or <c>source</c> of this node renders to.</summary>
    RelationName Of(RelationNode node);

    /// <summary>What <c>this</c> renders to inside this node.</summary>
    RelationName ThisOf(RelationNode node);

    /// <summary>What <c>function</c> of this node renders to.</summary>
    RelationName Of(FunctionNode node);
}

/// <summary>Every relation under its final name.</summary>
public sealed class FinalRelations : IRelationBinding
{
    /// <summary>The only instance.</summary>
    public static FinalRelations Instance { get; } = new();

    private FinalRelations() { }

    /// <inheritdoc />
    public RelationName Of(RelationNode node) => node.Relation;

    /// <inheritdoc />
    public RelationName ThisOf(RelationNode node) => node.Relation;

    /// <inheritdoc />
    public RelationName Of(FunctionNode node) => node.Relation;
}
