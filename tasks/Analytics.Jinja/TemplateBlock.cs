using Analytics.Text;

namespace Analytics.Jinja;

/// <summary>A top-level block of a file, cut out before the template parser sees the file, as dbt does.</summary>
/// <param name="Kind">Exactly one kind.</param>
/// <param name="Name">The name after the tag.</param>
/// <param name="Span">From the opening tag's <c>{%</c> to the closing tag's <c>%}</c>.</param>
/// <param name="NameSpan">The name.</param>
/// <param name="HeaderSpan">The opening tag from <c>{%</c> to <c>%}</c>.</param>
/// <param name="Body">What lies between the two tags, whitespace included.</param>
public sealed record TemplateBlock(
    BlockKinds Kind,
    string Name,
    SourceSpan Span,
    SourceSpan NameSpan,
    SourceSpan HeaderSpan,
    SourceSpan Body
);
