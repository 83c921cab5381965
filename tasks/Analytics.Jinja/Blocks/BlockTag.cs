using Analytics.Text;

namespace Analytics.Jinja.Blocks;

/// <summary>A <c>{% … %}</c> tag as the scanner sees it.</summary>
/// <param name="Name">The word after <c>{%</c>; empty when there is none.</param>
/// <param name="Argument">The word after that, with its place; null when there is none.</param>
/// <param name="Span">The whole tag.</param>
internal sealed record BlockTag(string Name, SourceSpan? Argument, SourceSpan Span);
