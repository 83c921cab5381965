using System.Collections.Immutable;
using Analytics.Jinja.Evaluating;
using Analytics.Text;

namespace Analytics.Jinja;

/// <summary>A run of output that one piece of a template wrote.</summary>
public readonly struct SourceSegment
{
    internal SourceSegment(int outputStart, int outputLength, SourceSpan span, bool isLiteral, CallChain? chain)
    {
        OutputStart = outputStart;
        OutputLength = outputLength;
        Span = span;
        IsLiteral = isLiteral;
        Chain = chain;
    }

    /// <summary>Zero-based UTF-16 offset in the output.</summary>
    public int OutputStart { get; }

    /// <summary>Length in the output, at least one.</summary>
    public int OutputLength { get; }

    /// <summary>What wrote it: literal text of the same length, or the expression that was printed.</summary>
    public SourceSpan Span { get; }

    /// <summary>True when output and span are the same text, character by character.</summary>
    public bool IsLiteral { get; }

    /// <summary>The macro calls that led to <see cref="Span"/>, innermost first.</summary>
    public ImmutableArray<TemplateFrame> Stack => CallChain.Frames(Chain);

    internal int OutputEnd => OutputStart + OutputLength;

    internal CallChain? Chain { get; }

    /// <summary>The part of this segment inside a window of the output, moved so that the window starts at <paramref name="target"/>.</summary>
    internal SourceSegment Window(int start, int end, int target)
    {
        var from = Math.Max(OutputStart, start);
        var to = Math.Min(OutputEnd, end);
        var span = IsLiteral ? Span.Slice(from - OutputStart, to - from) : Span;
        return new SourceSegment(from - start + target, to - from, span, IsLiteral, Chain);
    }
}
