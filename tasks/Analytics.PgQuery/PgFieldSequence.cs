namespace Analytics.PgQuery;

/// <summary>The fields of a node, for <c>foreach</c>; allocates nothing.</summary>
public struct PgFieldSequence
{
    private readonly PgSyntaxTree? tree;
    private readonly int end;
    private int current;
    private int next;

    internal PgFieldSequence(PgSyntaxTree? tree, int node)
    {
        this.tree = tree;
        next = node + 1;
        end = tree is null ? 0 : tree.Entries[node].End;
    }

    /// <summary>The field that <see cref="MoveNext"/> went to.</summary>
    public readonly PgField Current => new(tree!.Entries[current].Field!, new PgValue(tree, current));

    /// <summary>A copy that stands before the first field.</summary>
    public readonly PgFieldSequence GetEnumerator() => this;

    /// <summary>Goes to the next field; false when there is none.</summary>
    public bool MoveNext()
    {
        if (next >= end)
        {
            return false;
        }

        current = next;
        next = tree!.Entries[current].End;
        return true;
    }
}
