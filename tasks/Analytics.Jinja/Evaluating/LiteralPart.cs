using Analytics.Text;

namespace Analytics.Jinja.Evaluating;

/// <summary>A part of literal text: what is left when a captured text was trimmed.</summary>
internal sealed class LiteralPart(SourceSpan span) : ITextSource
{
    public SourceSpan Span => span;

    public bool IsLiteral => true;
}
