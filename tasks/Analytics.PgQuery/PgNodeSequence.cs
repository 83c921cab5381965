using System.Collections;

namespace Analytics.PgQuery;

/// <summary>Nodes below a node. <c>foreach</c> allocates nothing; LINQ works too.</summary>
public readonly struct PgNodeSequence : IEnumerable<PgNode>
{
    private readonly PgSyntaxTree? tree;
    private readonly int node;
    private readonly bool deep;

    internal PgNodeSequence(PgSyntaxTree? tree, int node, bool deep)
    {
        this.tree = tree;
        this.node = node;
        this.deep = deep;
    }

    /// <summary>Starts before the first node.</summary>
    public Enumerator GetEnumerator() => new(tree, node, deep);

    IEnumerator<PgNode> IEnumerable<PgNode>.GetEnumerator() => GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>Walks the nodes.</summary>
    public struct Enumerator : IEnumerator<PgNode>
    {
        private readonly PgSyntaxTree? tree;
        private readonly int start;
        private readonly int end;
        private readonly bool deep;
        private int current;
        private int next;

        internal Enumerator(PgSyntaxTree? tree, int node, bool deep)
        {
            this.tree = tree;
            this.deep = deep;
            start = node + 1;
            end = tree is null ? 0 : tree.Entries[node].End;
            next = start;
        }

        /// <inheritdoc />
        public readonly PgNode Current => new(tree!, current);

        readonly object IEnumerator.Current => Current;

        /// <inheritdoc />
        public bool MoveNext()
        {
            while (next < end)
            {
                ref var entry = ref tree!.Entries[next];
                current = next;
                if (entry.Type == PgValueType.Node)
                {
                    next = deep ? next + 1 : entry.End;
                    return true;
                }

                // What lies in a list is reached by stepping into the list.
                next++;
            }

            return false;
        }

        /// <inheritdoc />
        public void Reset() => next = start;

        /// <inheritdoc />
        public readonly void Dispose() { }
    }
}
