using System.Runtime.InteropServices;
using Analytics.Jinja.Values;
using Analytics.Text;

namespace Analytics.Jinja.Evaluating;

/// <summary>Output under way with the map of what wrote it.</summary>
internal sealed class OutputBuffer
{
    private const int KeptCharacters = 1 << 16;
    private const int KeptSegments = 1 << 12;

    // Growing to the size of a model costs more than the rest of a render, so a thread keeps its last buffer.
    [ThreadStatic]
    private static OutputBuffer? kept;

    private int maxLength;
    private char[] text = new char[512];
    private SourceSegment[] segments = new SourceSegment[16];

    public int Length { get; private set; }

    public int SegmentCount { get; private set; }

    /// <summary>How many texts and expressions were written since the buffer was empty.</summary>
    public int PieceCount { get; private set; }

    /// <summary>The last one, with its type: a native render gives it when it is the only one.</summary>
    public object? LastPiece { get; private set; }

    public static OutputBuffer Rent(int maxLength)
    {
        var buffer = kept ?? new OutputBuffer();
        kept = null;
        buffer.maxLength = maxLength;
        return buffer;
    }

    /// <summary>Empties the buffer for the next render of this thread; nobody may use it any more.</summary>
    public void Return()
    {
        Clear();
        if (text.Length <= KeptCharacters && segments.Length <= KeptSegments)
        {
            kept = this;
        }
    }

    public void Note(object? piece)
    {
        PieceCount++;
        LastPiece = piece;
    }

    public void Append(string value, in SourceSpan span, bool isLiteral, CallChain? chain)
    {
        if (value.Length > 0)
        {
            Add(new SourceSegment(Length, value.Length, span, isLiteral, chain));
            Write(value);
        }
    }

    /// <summary>Appends a text that was rendered before and remembers what wrote it.</summary>
    public void Append(string value, SourceSegment[] origins)
    {
        foreach (ref readonly var origin in origins.AsSpan())
        {
            Add(origin.Window(0, value.Length, Length));
        }

        Write(value);
    }

    /// <summary>Takes back what was written after a place.</summary>
    public void Truncate(int length, int segmentCount)
    {
        Length = length;
        Array.Clear(segments, segmentCount, SegmentCount - segmentCount);
        SegmentCount = segmentCount;
    }

    public SourceSegment[] Origins() => segments.AsSpan(0, SegmentCount).ToArray();

    public SourceMap Map(SourceSpan whole) => new(whole, ImmutableCollectionsMarshal.AsImmutableArray(Origins()));

    public override string ToString() => new(text, 0, Length);

    public void Clear()
    {
        Truncate(0, 0);
        PieceCount = 0;
        LastPiece = null;
    }

    private void Add(in SourceSegment segment)
    {
        if (SegmentCount == segments.Length)
        {
            Array.Resize(ref segments, segments.Length * 2);
        }

        segments[SegmentCount++] = segment;
    }

    private void Write(string value)
    {
        if (value.Length > maxLength - Length)
        {
            throw PyError.Limit($"The output is longer than {maxLength} characters");
        }

        if (value.Length > text.Length - Length)
        {
            Grow(value.Length);
        }

        value.CopyTo(text.AsSpan(Length));
        Length += value.Length;
    }

    private void Grow(int more)
    {
        var size = Math.Max((long)text.Length * 2, (long)Length + more);
        Array.Resize(ref text, (int)Math.Min(size, Array.MaxLength));
    }
}
