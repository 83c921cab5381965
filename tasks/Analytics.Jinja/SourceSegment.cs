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
}
