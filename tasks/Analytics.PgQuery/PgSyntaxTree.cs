using System.Collections.Immutable;
using Analytics.PgQuery.Reading;

namespace Analytics.PgQuery;

/// <summary>
/// The tree that PostgreSQL's own parser makes of a text, before any name is looked up. Immutable and safe to read from
/// many threads. Kinds and field names are those of PostgreSQL's parse nodes (<c>src/include/nodes/parsenodes.h</c>).
/// </summary>
public sealed class PgSyntaxTree
{
    internal PgSyntaxTree(string sql, TreeEntry[] entries)
    {
        Sql = sql;
        Entries = entries;
        Statements = StatementReader.Read(this);
    }

    /// <summary>The SQL that was parsed. Every offset in the tree is a UTF-16 offset into it.</summary>
    public string Sql { get; }

    /// <summary>The statements in the order of the text. Empty for a text without any.</summary>
    public ImmutableArray<PgStatement> Statements { get; }

    /// <summary>
    /// One more than the highest <see cref="PgNode.Index"/>: the size for an array that holds something for each node.
    /// </summary>
    public int IndexLimit => Entries.Length;

    internal TreeEntry[] Entries { get; }

    /// <summary>The node with this index.</summary>
    /// <param name="index">A <see cref="PgNode.Index"/> of this tree.</param>
    /// <exception cref="ArgumentOutOfRangeException">No node of this tree has this index.</exception>
    public PgNode NodeAt(int index)
    {
        if ((uint)index >= (uint)Entries.Length || Entries[index].Type != PgValueType.Node)
        {
            throw new ArgumentOutOfRangeException(nameof(index), index, "No node has this index.");
        }

        return new PgNode(this, index);
    }
}
