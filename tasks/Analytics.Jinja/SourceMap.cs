using System.Collections.Immutable;
using Analytics.Jinja.Evaluating;
using Analytics.Text;

namespace Analytics.Jinja;

/// <summary>Says for each character of an output which piece of which template wrote it.</summary>
public sealed class SourceMap
{
    private readonly SourceSpan whole;
    private readonly OutputOrigins origins;
    private ImmutableArray<SourceSegment> segments;

    internal SourceMap(SourceSpan whole, OutputOrigins origins)
    {
        this.whole = whole;
        this.origins = origins;
    }

    /// <summary>The runs in output order. They do not overlap and, for the output of a template, leave no gap.</summary>
    public ImmutableArray<SourceSegment> Segments
    {
        get
        {
            // Most renders have no error and nobody asks.
            if (segments.IsDefault)
            {
                ImmutableInterlocked.InterlockedInitialize(ref segments, Build());
            }

            return segments;
        }
    }

    /// <summary>
    /// The place that wrote the character at an offset. Literal text answers with that one character, an expression with
    /// the whole expression. Beyond the end it is the place of the last character; for an empty output the whole template.
    /// </summary>
    /// <param name="outputOffset">Zero-based UTF-16 offset in the output.</param>
    public SourceLocation Locate(int outputOffset) => Locate(outputOffset, 1);

    /// <summary>
    /// The place that wrote a range. When both ends come from one file and one macro call, the span covers both; else it
    /// is the place of the first character.
    /// </summary>
    /// <param name="start">Zero-based UTF-16 offset in the output.</param>
    /// <param name="length">Length of the range; less than one counts as one.</param>
    public SourceLocation Locate(int start, int length)
    {
        if (Segments.IsEmpty)
        {
            return new SourceLocation(whole, []);
        }

        var last = Segments[^1].OutputEnd - 1;
        start = Math.Clamp(start, 0, last);
        var first = Find(start);
        var span = CharacterAt(first, start);
        if (length > 1)
        {
            var end = Math.Min((int)Math.Min((long)start + length - 1, last), last);
            var final = Find(end);
            if (ReferenceEquals(final.Chain, first.Chain) && ReferenceEquals(final.Span.File, first.Span.File))
            {
                span = span.To(CharacterAt(final, end));
            }
        }

        return new SourceLocation(span, first.Stack);
    }

    private ImmutableArray<SourceSegment> Build()
    {
        var builder = ImmutableArray.CreateBuilder<SourceSegment>(origins.Pieces.Length);
        for (var run = 0; run < origins.Runs.Length; run++)
        {
            var (first, file, chain) = origins.Runs[run];
            for (var i = first; i < origins.EndOfRun(run); i++)
            {
                var piece = origins.Pieces[i];
                var length = origins.EndOfPiece(i) - piece.Start;
                var span = file.Span(piece.SourceStart, piece.IsLiteral ? length : piece.SourceLength);
                builder.Add(new SourceSegment(piece.Start, length, span, piece.IsLiteral, chain));
            }
        }

        return builder.MoveToImmutable();
    }

    private static SourceSpan CharacterAt(SourceSegment segment, int offset) =>
        segment.IsLiteral ? segment.Span.Slice(offset - segment.OutputStart, 1) : segment.Span;

    private SourceSegment Find(int offset)
    {
        var low = 0;
        var high = Segments.Length - 1;
        while (low < high)
        {
            var middle = (low + high + 1) / 2;
            if (Segments[middle].OutputStart <= offset)
            {
                low = middle;
            }
            else
            {
                high = middle - 1;
            }
        }

        return Segments[low];
    }
}
