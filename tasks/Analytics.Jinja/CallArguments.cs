using Analytics.Jinja.Evaluating;
using Analytics.Text;

namespace Analytics.Jinja;

/// <summary>What one call passes. Lives as long as the call; must not be kept.</summary>
public sealed class CallArguments
{
    internal CallArguments(
        RenderContext context,
        object?[] positional,
        KeyValuePair<string, object?>[] named,
        SourceSpan span,
        IArgumentSpans? spans
    )
    {
        Context = context;
        PositionalArray = positional;
        NamedArray = named;
        Span = span;
        Spans = spans;
    }

    /// <summary>The render that makes the call.</summary>
    public RenderContext Context { get; }

    /// <summary>Positional arguments in order, those of <c>*args</c> included.</summary>
    public IReadOnlyList<object?> Positional => PositionalArray;

    /// <summary>Named arguments in the order written, those of <c>**kwargs</c> last; a call block adds <c>caller</c> at the end.</summary>
    public IReadOnlyList<KeyValuePair<string, object?>> Named => NamedArray;

    /// <summary>The whole call expression with its callee.</summary>
    public SourceSpan Span { get; }

    internal IArgumentSpans? Spans { get; }

    internal object?[] PositionalArray { get; }

    internal KeyValuePair<string, object?>[] NamedArray { get; }

    /// <summary>
    /// The expression of a positional argument, quotes of a text included; that of the <c>*args</c> it came out of, or
    /// <see cref="Span"/> when it was not written in a template.
    /// </summary>
    /// <param name="index">Zero-based.</param>
    public SourceSpan SpanOf(int index) => Spans?.SpanOf(index) ?? Span;

    /// <summary>The value expression of a named argument; <see cref="Span"/> when it was not written in a template.</summary>
    public SourceSpan SpanOf(string name) => Spans?.SpanOf(name) ?? Span;

    /// <summary>Finds an argument that may be passed by position or by name.</summary>
    /// <param name="index">Zero-based position, or -1 when it can only be named.</param>
    /// <param name="name">Its name.</param>
    /// <param name="value">Its value; null when absent, and also when <c>none</c> was passed.</param>
    /// <returns>False when it was not passed.</returns>
    public bool TryGet(int index, string name, out object? value)
    {
        if (index >= 0 && index < PositionalArray.Length)
        {
            value = PositionalArray[index];
            return true;
        }

        foreach (var pair in NamedArray)
        {
            if (string.Equals(pair.Key, name, StringComparison.Ordinal))
            {
                value = pair.Value;
                return true;
            }
        }

        value = null;
        return false;
    }

    /// <summary>The expression of an argument that may be passed by position or by name; <see cref="Span"/> when absent.</summary>
    public SourceSpan SpanOf(int index, string name) =>
        index >= 0 && index < PositionalArray.Length ? SpanOf(index) : SpanOf(name);

    /// <summary>An error of kind Host to throw, with the macro stack of this moment.</summary>
    /// <param name="message">One sentence.</param>
    /// <param name="span">Where; the whole call when null.</param>
    /// <param name="name">The name that was not found, if the error is about a name.</param>
    /// <param name="inner">What caused it, or null.</param>
    public TemplateException Fail(
        string message,
        SourceSpan? span = null,
        string? name = null,
        Exception? inner = null
    ) => new(new TemplateError(TemplateErrorKind.Host, message, span ?? Span, Context.Stack, name), inner);
}
