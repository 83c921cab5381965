using System.Collections.Immutable;
using Analytics.Text;

namespace Analytics.Jinja;

/// <summary>The place in the templates that wrote a piece of output.</summary>
/// <param name="Span">The innermost place: literal text, or the expression that was printed; it may lie in a macro's file.</param>
/// <param name="Stack">The macro calls that led there, innermost first; the last call site is in the template that was rendered.</param>
public sealed record SourceLocation(SourceSpan Span, ImmutableArray<TemplateFrame> Stack)
{
    /// <summary>
    /// The place in the template that was rendered: <see cref="Span"/> itself outside macros, else the outermost call.
    /// </summary>
    public SourceSpan Outermost => Stack.IsEmpty ? Span : Stack[^1].CallSite;
}
