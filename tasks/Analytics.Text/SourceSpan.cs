namespace Analytics.Text;

/// <summary>A run of characters in a <see cref="SourceFile"/>.</summary>
/// <param name="File">The file.</param>
/// <param name="Start">Zero-based UTF-16 offset of the first character.</param>
/// <param name="Length">Number of UTF-16 code units; zero marks a place between two characters.</param>
public readonly record struct SourceSpan(SourceFile File, int Start, int Length)
{
    /// <summary>Zero-based UTF-16 offset after the last character.</summary>
    public int End => Start + Length;

    /// <summary>Where the span begins, one-based.</summary>
    public LinePosition StartPosition => File.PositionAt(Start);

    /// <summary>The position after the last character, one-based: MSBuild's end column is exclusive too.</summary>
    public LinePosition EndPosition => File.PositionAt(End);

    /// <summary>The text of the span.</summary>
    public string Text => File.Text.Substring(Start, Length);

    /// <summary>A part of this span.</summary>
    /// <param name="start">Offset from the beginning of this span.</param>
    /// <param name="length">Length of the part.</param>
    public SourceSpan Slice(int start, int length) => new(File, Start + start, length);

    /// <summary>The shortest span that covers both; both must be of one file.</summary>
    /// <exception cref="ArgumentException">The spans are of two files.</exception>
    public SourceSpan To(SourceSpan other)
    {
        if (!ReferenceEquals(File, other.File))
        {
            throw new ArgumentException("The spans are of two files.", nameof(other));
        }

        var start = Math.Min(Start, other.Start);
        return new SourceSpan(File, start, Math.Max(End, other.End) - start);
    }

    /// <summary>Writes <c>path(line,col,endLine,endCol)</c>, as MSBuild writes it.</summary>
    public override string ToString() => $"{File.Path}({StartPosition},{EndPosition})";
}
