using Analytics.Text;

namespace Analytics.Jinja.Evaluating;

/// <summary>What writes output: a node of a tree, or a part of one.</summary>
internal interface ITextSource
{
    public SourceSpan Span { get; }

    /// <summary>True when it writes the text of its span.</summary>
    public bool IsLiteral { get; }
}
