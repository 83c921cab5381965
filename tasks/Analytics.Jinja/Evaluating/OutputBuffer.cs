using System.Collections.Immutable;
using System.Text;
using Analytics.Jinja.Values;
using Analytics.Text;

namespace Analytics.Jinja.Evaluating;

/// <summary>Output under way with the map of what wrote it.</summary>
internal sealed class OutputBuffer(int maxLength)
{
    private readonly StringBuilder text = new();
    private readonly List<SourceSegment> segments = [];

    public int Length => text.Length;

    public int SegmentCount => segments.Count;

    /// <summary>How many texts and expressions were written since the buffer was empty.</summary>
    public int PieceCount { get; private set; }

    /// <summary>The last one, with its type: a native render gives it when it is the only one.</summary>
    public object? LastPiece { get; private set; }

    public void Note(object? piece)
    {
        PieceCount++;
        LastPiece = piece;
    }

    public void Append(string value, SourceSpan span, bool isLiteral, CallChain? chain)
    {
        if (value.Length > 0)
        {
            Grow(value.Length);
            segments.Add(new SourceSegment(text.Length, value.Length, span, isLiteral, chain));
            text.Append(value);
        }
    }

    /// <summary>Appends a text that was rendered before and remembers what wrote it.</summary>
    public void Append(string value, SourceSegment[] origins)
    {
        Grow(value.Length);
        foreach (var origin in origins)
        {
            segments.Add(origin.Window(0, value.Length, text.Length));
        }

        text.Append(value);
    }

    /// <summary>Takes back what was written after a place.</summary>
    public void Truncate(int length, int segmentCount)
    {
        text.Length = length;
        segments.RemoveRange(segmentCount, segments.Count - segmentCount);
    }

    public SourceSegment[] Origins() => [.. segments];

    public ImmutableArray<SourceSegment> Map() => [.. segments];

    public override string ToString() => text.ToString();

    public void Clear()
    {
        text.Clear();
        segments.Clear();
        PieceCount = 0;
        LastPiece = null;
    }

    private void Grow(int more)
    {
        if (more > maxLength - text.Length)
        {
            throw PyError.Limit($"The output is longer than {maxLength} characters");
        }
    }
}
