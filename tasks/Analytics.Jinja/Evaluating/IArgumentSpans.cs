using Analytics.Text;

namespace Analytics.Jinja.Evaluating;

/// <summary>Where the arguments of a call are written.</summary>
internal interface IArgumentSpans
{
    /// <summary>The expression of a positional argument; null when the call does not write it.</summary>
    public SourceSpan? SpanOf(int index);

    /// <summary>The value of a named argument; null when the call does not write it.</summary>
    public SourceSpan? SpanOf(string name);
}
