using System.Globalization;
using System.Runtime.CompilerServices;
using Analytics.Text;

namespace Analytics.Jinja.Evaluating;

/// <summary>Output under way with the origins of its parts.</summary>
internal sealed class OutputBuffer
{
    private const int KeptCharacters = 1 << 16;
    private const int KeptPieces = 1 << 12;
    private const int KeptBuffers = 4;
    private const int LongestInteger = 20;

    // Growing to the size of a model costs more than the rest of a render, so a thread keeps its last buffers.
    [ThreadStatic]
    private static OutputBuffer? kept;

    private OutputBuffer? nextKept;
    private int keptBelow;
    private int maxLength;
    private int capacity;
    private char[] text = new char[512];
    private OutputPiece[] pieces = new OutputPiece[32];
    private OutputRun[] runs = new OutputRun[4];
    private int runCount;
    private SourceFile? file;
    private CallChain? chain;

    public int Length { get; private set; }

    public int Count { get; private set; }

    /// <summary>How many texts and expressions were written since the buffer was empty.</summary>
    public int PieceCount { get; private set; }

    /// <summary>The last one, with its type: a native render gives it when it is the only one.</summary>
    public object? LastPiece { get; private set; }

    public static OutputBuffer Rent(int maxLength)
    {
        var buffer = kept;
        if (buffer is null)
        {
            buffer = new OutputBuffer();
        }
        else
        {
            kept = buffer.nextKept;
            buffer.nextKept = null;
        }

        buffer.maxLength = maxLength;
        buffer.capacity = Math.Min(buffer.text.Length, maxLength);
        return buffer;
    }

    /// <summary>Empties the buffer for the next render of this thread; nobody may use it any more.</summary>
    public void Return()
    {
        Truncate(0, 0);
        PieceCount = 0;
        LastPiece = null;
        var below = kept is null ? 0 : kept.keptBelow + 1;
        if (text.Length <= KeptCharacters && pieces.Length <= KeptPieces && below < KeptBuffers)
        {
            keptBelow = below;
            nextKept = kept;
            kept = this;
        }
    }

    public void Note(object? piece)
    {
        PieceCount++;
        LastPiece = piece;
    }

    /// <summary>Appends a text.</summary>
    /// <param name="value">The text.</param>
    /// <param name="source">What wrote it.</param>
    /// <param name="isLiteral">True when it is the text of <paramref name="source"/>.</param>
    /// <param name="calls">The macro calls under way.</param>
    /// <returns>False when the output would be too long; nothing is written then.</returns>
    public bool TryAppend(string value, SourceSpan source, bool isLiteral, CallChain? calls)
    {
        var start = Length;
        if (value.Length == 0)
        {
            return true;
        }

        if (value.Length > capacity - start && !TryGrow(value.Length))
        {
            return false;
        }

        AddPiece(new OutputPiece(start, source.Start, isLiteral ? -1 : source.Length), source.File, calls);
        value.CopyTo(text.AsSpan(start));
        Length = start + value.Length;
        return true;
    }

    /// <summary>Appends three texts as one piece.</summary>
    public bool TryAppendJoined(string first, string second, string third, SourceSpan source, CallChain? calls)
    {
        var start = Length;
        var length = (long)first.Length + second.Length + third.Length;
        if (length == 0)
        {
            return true;
        }

        if (length > capacity - start && !TryGrow(length))
        {
            return false;
        }

        AddPiece(new OutputPiece(start, source.Start, source.Length), source.File, calls);
        var target = text.AsSpan(start);
        first.CopyTo(target);
        second.CopyTo(target[first.Length..]);
        third.CopyTo(target[(first.Length + second.Length)..]);
        Length = start + (int)length;
        return true;
    }

    /// <summary>Appends the digits of a number, which needs no text of its own.</summary>
    public bool TryAppend(long value, SourceSpan source, CallChain? calls)
    {
        var start = Length;
        if (LongestInteger > capacity - start && !TryGrow(LongestInteger))
        {
            // The digits may still fit below the limit.
            return TryAppend(value.ToString(CultureInfo.InvariantCulture), source, false, calls);
        }

        AddPiece(new OutputPiece(start, source.Start, source.Length), source.File, calls);
        value.TryFormat(text.AsSpan(start), out var length, default, CultureInfo.InvariantCulture);
        Length = start + length;
        return true;
    }

    /// <summary>Appends a text that was rendered before, with what wrote it.</summary>
    public bool TryAppend(string value, OutputOrigins origins)
    {
        var start = Length;
        if (value.Length > capacity - start && !TryGrow(value.Length))
        {
            return false;
        }

        for (var run = 0; run < origins.Runs.Length; run++)
        {
            var (first, from, calls) = origins.Runs[run];
            var end = origins.EndOfRun(run);
            for (var i = first; i < end; i++)
            {
                var piece = origins.Pieces[i];
                AddPiece(piece with { Start = piece.Start + start }, from, calls);
            }
        }

        value.CopyTo(text.AsSpan(start));
        Length = start + value.Length;
        return true;
    }

    /// <summary>Takes back what was written after a place.</summary>
    public void Truncate(int length, int pieceCount)
    {
        Length = length;
        Count = pieceCount;
        var runsBefore = runCount;
        while (runCount > 0 && runs[runCount - 1].First >= pieceCount)
        {
            runCount--;
        }

        Array.Clear(runs, runCount, runsBefore - runCount);
        (file, chain) = runCount == 0 ? (null, null) : (runs[runCount - 1].File, runs[runCount - 1].Chain);
    }

    public OutputOrigins Origins() => new([.. pieces.AsSpan(0, Count)], [.. runs.AsSpan(0, runCount)], Length);

    public override string ToString() => new(text, 0, Length);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void AddPiece(in OutputPiece piece, SourceFile from, CallChain? calls)
    {
        if (!ReferenceEquals(file, from) || !ReferenceEquals(chain, calls))
        {
            BeginRun(from, calls);
        }

        if (Count == pieces.Length)
        {
            Array.Resize(ref pieces, pieces.Length * 2);
        }

        pieces[Count++] = piece;
    }

    private void BeginRun(SourceFile from, CallChain? calls)
    {
        if (runCount == runs.Length)
        {
            Array.Resize(ref runs, runs.Length * 2);
        }

        runs[runCount++] = new OutputRun(Count, from, calls);
        file = from;
        chain = calls;
    }

    private bool TryGrow(long more)
    {
        if (more > maxLength - Length)
        {
            return false;
        }

        var size = Math.Max((long)text.Length * 2, Length + more);
        Array.Resize(ref text, (int)Math.Min(size, Array.MaxLength));
        capacity = Math.Min(text.Length, maxLength);
        return true;
    }
}
