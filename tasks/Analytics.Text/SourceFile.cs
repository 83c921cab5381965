using System.Collections.Immutable;

namespace Analytics.Text;

/// <summary>
/// A text that an author wrote, under the name the author knows it by. Immutable; two instances are the same file only
/// when they are the same instance.
/// </summary>
public sealed class SourceFile
{
    private ImmutableArray<int> lineStarts;

    /// <summary>Names a text.</summary>
    /// <param name="path">Path below the project (or package) folder, with <c>/</c> between segments.</param>
    /// <param name="text">The whole text, without a byte order mark.</param>
    /// <param name="directory">
    /// The folder that <paramref name="path"/> is below on this machine, or null for a text that lies in an artifact or
    /// was made up. It serves display only: nothing that is written to an artifact may use it.
    /// </param>
    public SourceFile(string path, string text, string? directory = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        ArgumentNullException.ThrowIfNull(text);
        Path = path;
        Text = text;
        Directory = directory;
    }

    /// <summary>Path below the project folder, with <c>/</c> between segments on every system.</summary>
    public string Path { get; }

    /// <summary>The text. All offsets into it count UTF-16 code units from zero.</summary>
    public string Text { get; }

    /// <summary>The folder <see cref="Path"/> is below on this machine; null when there is none.</summary>
    public string? Directory { get; }

    /// <summary>What a diagnostic shows: the path on this machine, or <see cref="Path"/> when there is none.</summary>
    public string DisplayPath =>
        Directory is null ? Path : System.IO.Path.GetFullPath(System.IO.Path.Combine(Directory, Path));

    /// <summary>Turns an offset into a line and a column.</summary>
    /// <param name="offset">UTF-16 offset; one beyond the end is the end of the file. Clamped to the text.</param>
    public LinePosition PositionAt(int offset)
    {
        offset = Math.Clamp(offset, 0, Text.Length);
        var starts = LineStarts();
        var index = starts.BinarySearch(offset);
        var line = index >= 0 ? index : ~index - 1;
        return new LinePosition(line + 1, offset - starts[line] + 1);
    }

    /// <summary>Turns a one-based line and column into an offset, clamped to that line and to the text.</summary>
    /// <param name="position">One-based; values below one count as one.</param>
    public int OffsetAt(LinePosition position)
    {
        var starts = LineStarts();
        var line = Math.Clamp(position.Line, 1, starts.Length) - 1;
        var end = line + 1 < starts.Length ? starts[line + 1] : Text.Length;
        return Math.Clamp(starts[line] + Math.Max(position.Column, 1) - 1, starts[line], end);
    }

    /// <summary>A span of this file.</summary>
    /// <param name="start">UTF-16 offset of the first character.</param>
    /// <param name="length">Number of UTF-16 code units; may be zero.</param>
    public SourceSpan Span(int start, int length) => new(this, start, length);

    /// <inheritdoc />
    public override string ToString() => Path;

    private ImmutableArray<int> LineStarts()
    {
        if (!lineStarts.IsDefault)
        {
            return lineStarts;
        }

        // \n, \r\n and a lone \r end a line, as editors count.
        var starts = ImmutableArray.CreateBuilder<int>();
        starts.Add(0);
        for (var i = 0; i < Text.Length; i++)
        {
            if (Text[i] == '\n' || (Text[i] == '\r' && (i + 1 == Text.Length || Text[i + 1] != '\n')))
            {
                starts.Add(i + 1);
            }
        }

        // Two threads may both compute it: they compute the same.
        ImmutableInterlocked.InterlockedInitialize(ref lineStarts, starts.ToImmutable());
        return lineStarts;
    }
}
