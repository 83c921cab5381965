using System.Diagnostics.CodeAnalysis;

namespace Analytics.PgQuery;

/// <summary>
/// A node of a <see cref="PgSyntaxTree"/>. A small value that refers to the tree: copy it freely, use it as a key. The
/// default value stands for "no node": every member can be called on it and answers with nothing.
/// </summary>
public readonly struct PgNode : IEquatable<PgNode>
{
    private readonly PgSyntaxTree? tree;

    internal PgNode(PgSyntaxTree tree, int index)
    {
        this.tree = tree;
        Index = index;
    }

    /// <summary>Whether this stands for "no node".</summary>
    public bool IsNull => tree is null;

    /// <summary>
    /// A number that is the node's own within its tree: smaller than <see cref="PgSyntaxTree.IndexLimit"/>, smaller than
    /// that of every node below it, and the same whenever the same SQL is parsed. The numbers have gaps.
    /// </summary>
    public int Index { get; }

    /// <summary>
    /// The kind as PostgreSQL names it, such as <c>SelectStmt</c> or <c>ColumnRef</c>; <c>Null</c> for an empty place in
    /// a list (the one in <c>distinctClause</c> of a plain DISTINCT); an empty string when there is no node.
    /// </summary>
    public string Kind => tree is null ? "" : tree.Entries[Index].Text!;

    /// <summary>
    /// Zero-based UTF-16 offset of the place that PostgreSQL would point at, or -1 when the parser notes none for this
    /// node. It is not always the first character: an operator's expression is at its operator.
    /// </summary>
    public int Location => tree is null ? -1 : (int)tree.Entries[Index].Number;

    /// <summary>The field of <see cref="Parent"/> that holds this node, itself or in a list; empty without a parent.</summary>
    public string FieldOfParent
    {
        get
        {
            if (tree is null || Index == 0)
            {
                return "";
            }

            var entry = Index;
            while (tree.Entries[entry].Field is null)
            {
                entry = tree.Entries[entry].Parent;
            }

            return tree.Entries[entry].Field!;
        }
    }

    /// <summary>
    /// The node that holds this one, in a field or in a list of a field. The topmost are a <c>ParseResult</c> and below
    /// it a <c>RawStmt</c> for each statement; the parent of the topmost is no node.
    /// </summary>
    public PgNode Parent
    {
        get
        {
            if (tree is null || Index == 0)
            {
                return default;
            }

            var parent = tree.Entries[Index].Parent;
            while (tree.Entries[parent].Type != PgValueType.Node)
            {
                parent = tree.Entries[parent].Parent;
            }

            return new PgNode(tree, parent);
        }
    }

    /// <summary>
    /// The fields that are present, in PostgreSQL's order of declaration. Fields that are null, zero or false are absent.
    /// </summary>
    public PgFieldSequence Fields => new(tree, Index);

    /// <summary>The nodes directly below, those in lists included, in the order of the fields.</summary>
    public PgNodeSequence Children => new(tree, Index, deep: false);

    /// <summary>
    /// All nodes below, each before those below it, in the order of the fields: the order of declaration in PostgreSQL,
    /// which is not the order of the text (<c>targetList</c> comes before <c>withClause</c>). Costs no stack.
    /// </summary>
    public PgNodeSequence Descendants() => new(tree, Index, deep: true);

    /// <summary>Compares the kind.</summary>
    /// <param name="kind">A kind such as <c>SelectStmt</c>.</param>
    public bool Is(string kind) => tree is not null && string.Equals(Kind, kind, StringComparison.Ordinal);

    /// <summary>What a field holds; <see cref="PgValueType.None"/> when it is absent.</summary>
    /// <param name="name">The name of the field, such as <c>fromClause</c>.</param>
    public PgValue Field(string name)
    {
        if (tree is not null)
        {
            var entries = tree.Entries;
            var end = entries[Index].End;
            for (var i = Index + 1; i < end; i = entries[i].End)
            {
                if (string.Equals(entries[i].Field, name, StringComparison.Ordinal))
                {
                    return new PgValue(tree, i);
                }
            }
        }

        return default;
    }

    /// <summary>The node in a field; no node when the field is absent or holds something else.</summary>
    /// <param name="field">The name of the field, such as <c>whereClause</c>.</param>
    public PgNode Node(string field) => Field(field).Node;

    /// <summary>The nodes of the list in a field; empty when the field is absent or holds something else.</summary>
    /// <param name="field">The name of the field, such as <c>targetList</c>.</param>
    public PgNodeList List(string field) => Field(field).List;

    /// <summary>The string, or the name of the enumeration's member, in a field; null when it is absent.</summary>
    /// <param name="field">The name of the field, such as <c>relname</c> or <c>op</c>.</param>
    public string? Text(string field) => Field(field).Text;

    /// <summary>The number in a field; zero when it is absent, since PostgreSQL's output leaves zeros out.</summary>
    /// <param name="field">The name of the field, such as <c>typemod</c>.</param>
    public long Integer(string field) => Field(field).Integer;

    /// <summary>The truth value in a field; false when it is absent, since PostgreSQL's output leaves those out.</summary>
    /// <param name="field">The name of the field, such as <c>agg_star</c>.</param>
    public bool Boolean(string field) => Field(field).Boolean;

    /// <inheritdoc />
    public bool Equals(PgNode other) => ReferenceEquals(tree, other.tree) && Index == other.Index;

    /// <inheritdoc />
    public override bool Equals([NotNullWhen(true)] object? obj) => obj is PgNode other && Equals(other);

    /// <inheritdoc />
    public override int GetHashCode() =>
        tree is null ? 0 : HashCode.Combine(System.Runtime.CompilerServices.RuntimeHelpers.GetHashCode(tree), Index);

    /// <summary>Whether both are the same node of the same tree.</summary>
    public static bool operator ==(PgNode left, PgNode right) => left.Equals(right);

    /// <summary>Whether the two are different nodes.</summary>
    public static bool operator !=(PgNode left, PgNode right) => !left.Equals(right);

    /// <summary>Writes the kind and the location, for a debugger.</summary>
    public override string ToString() => tree is null ? "(none)" : FormattableString.Invariant($"{Kind} @{Location}");
}
