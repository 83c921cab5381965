using System.Collections.Immutable;
using Analytics.Text;

namespace Analytics.Jinja;

/// <summary>A mistake in a template, with its place.</summary>
/// <param name="Kind">The rule that was broken.</param>
/// <param name="Message">One sentence without a position; names are in single quotes.</param>
/// <param name="Span">The token that is wrong: a name, an attribute, a filter name, an argument, a tag.</param>
/// <param name="Stack">The macro calls under way, innermost first; empty outside macros.</param>
/// <param name="Name">
/// The undefined name, attribute, filter, test or tag, so that a host can offer near names; null for the other kinds.
/// </param>
public sealed record TemplateError(
    TemplateErrorKind Kind,
    string Message,
    SourceSpan Span,
    ImmutableArray<TemplateFrame> Stack,
    string? Name = null
);
