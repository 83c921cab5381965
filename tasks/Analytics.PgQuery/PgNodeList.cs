using System.Collections;

namespace Analytics.PgQuery;

/// <summary>
/// The nodes of a list field, in the order of the SQL. Counting and indexing walk the list; <c>foreach</c> allocates
/// nothing. The default value is an empty list.
/// </summary>
public readonly struct PgNodeList : IReadOnlyList<PgNode>
{
    private readonly PgSyntaxTree? tree;
    private readonly int list;

    internal PgNodeList(PgSyntaxTree tree, int list)
    {
        this.tree = tree;
        this.list = list;
    }

    /// <summary>The number of nodes; costs a walk.</summary>
    public int Count
    {
        get
        {
            var count = 0;
            foreach (var _ in this)
            {
                count++;
            }

            return count;
        }
    }

    /// <summary>Whether the list is absent or empty.</summary>
    public bool IsEmpty => !GetEnumerator().MoveNext();

    /// <summary>The node at a place; costs a walk.</summary>
    /// <param name="index">Zero-based.</param>
    /// <exception cref="ArgumentOutOfRangeException">The list is shorter.</exception>
    public PgNode this[int index]
    {
        get
        {
            var position = 0;
            foreach (var node in this)
            {
                if (position++ == index)
                {
                    return node;
                }
            }

            throw new ArgumentOutOfRangeException(nameof(index), index, "The list is shorter.");
        }
    }

    /// <summary>Starts before the first node.</summary>
    public PgNodeSequence.Enumerator GetEnumerator() => new(tree, list, deep: false);

    IEnumerator<PgNode> IEnumerable<PgNode>.GetEnumerator() => GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
