namespace Analytics.PgQuery.Reading;

/// <summary>
/// One value of the tree. All values lie in one array in the order in which the parser writes them, so that everything
/// below a value is the run from its own index to <see cref="End"/>, and walking a tree is walking an array.
/// </summary>
internal struct TreeEntry
{
    /// <summary>The field of the parent that this value is, or null for an element of a list.</summary>
    public string? Field;

    /// <summary>The kind of a node, or the text of a text.</summary>
    public string? Text;

    /// <summary>The value of a number or truth value; the location of a node.</summary>
    public long Number;

    /// <summary>Index of the value that holds this one: a list or a node; -1 for the root.</summary>
    public int Parent;

    /// <summary>Index after the last value below this one.</summary>
    public int End;

    public PgValueType Type;
}
