using Analytics.Jinja.Values;
using Analytics.Text;

namespace Analytics.Jinja.Evaluating;

/// <summary>Output under way with the map of what wrote it.</summary>
internal sealed class OutputBuffer
{
    private const int KeptCharacters = 1 << 16;
    private const int KeptPieces = 1 << 12;

    // Growing to the size of a model costs more than the rest of a render, so a thread keeps its last buffer.
    [ThreadStatic]
    private static OutputBuffer? kept;

    private int maxLength;
    private char[] text = new char[512];
    private OutputPiece[] pieces = new OutputPiece[16];

    public int Length { get; private set; }

    public int Count { get; private set; }

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
        if (text.Length <= KeptCharacters && pieces.Length <= KeptPieces)
        {
            kept = this;
        }
    }

    public void Note(object? piece)
    {
        PieceCount++;
        LastPiece = piece;
    }

    public void Append(string value, ITextSource source, CallChain? chain)
    {
        if (value.Length > 0)
        {
            Add(new OutputPiece(Length, source, chain));
            Write(value);
        }
    }

    /// <summary>Appends a text that was rendered before and remembers what wrote it.</summary>
    public void Append(string value, OutputPiece[] origins)
    {
        foreach (var origin in origins)
        {
            Add(origin with { Start = origin.Start + Length });
        }

        Write(value);
    }

    /// <summary>Takes back what was written after a place.</summary>
    public void Truncate(int length, int pieceCount)
    {
        Length = length;
        Array.Clear(pieces, pieceCount, Count - pieceCount);
        Count = pieceCount;
    }

    public OutputPiece[] Pieces() => pieces.AsSpan(0, Count).ToArray();

    public SourceMap Map(SourceSpan whole) => new(whole, Pieces(), Length);

    public override string ToString() => new(text, 0, Length);

    public void Clear()
    {
        Truncate(0, 0);
        PieceCount = 0;
        LastPiece = null;
    }

    private void Add(in OutputPiece piece)
    {
        if (Count == pieces.Length)
        {
            Array.Resize(ref pieces, pieces.Length * 2);
        }

        pieces[Count++] = piece;
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
