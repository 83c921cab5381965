namespace Analytics.Text;

/// <summary>A place in a text as people and MSBuild count it.</summary>
/// <param name="Line">One-based line number.</param>
/// <param name="Column">One-based column, counted in UTF-16 code units; a tab counts as one.</param>
public readonly record struct LinePosition(int Line, int Column) : IComparable<LinePosition>
{
    /// <inheritdoc />
    public int CompareTo(LinePosition other) =>
        Line != other.Line ? Line.CompareTo(other.Line) : Column.CompareTo(other.Column);

    /// <summary>Writes <c>line,column</c>.</summary>
    public override string ToString() => FormattableString.Invariant($"{Line},{Column}");
}
