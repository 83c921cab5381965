namespace Analytics.PgQuery;

/// <summary>What a field of a node, or a place in a list, holds. The default value is "nothing".</summary>
public readonly struct PgValue
{
    private readonly PgSyntaxTree? tree;
    private readonly int index;

    internal PgValue(PgSyntaxTree tree, int index)
    {
        this.tree = tree;
        this.index = index;
    }

    /// <summary>What it is; <see cref="PgValueType.None"/> for an absent field.</summary>
    public PgValueType Type => tree is null ? PgValueType.None : tree.Entries[index].Type;

    /// <summary>The node, or no node when it is not one.</summary>
    public PgNode Node => Type == PgValueType.Node ? new PgNode(tree!, index) : default;

    /// <summary>The list, empty when it is not one.</summary>
    public PgNodeList List => Type == PgValueType.List ? new PgNodeList(tree!, index) : default;

    /// <summary>The text, or null when it is not one.</summary>
    public string? Text => Type == PgValueType.Text ? tree!.Entries[index].Text : null;

    /// <summary>The number, or zero when it is not one.</summary>
    public long Integer => Type == PgValueType.Integer ? tree!.Entries[index].Number : 0;

    /// <summary>The truth value, or false when it is not one.</summary>
    public bool Boolean => Type == PgValueType.Boolean && tree!.Entries[index].Number != 0;
}
