using Analytics.Text;

namespace Analytics.Jinja;

/// <summary>A tag between the blocks of a file.</summary>
/// <param name="Name">The tag's name, such as <c>set</c>.</param>
/// <param name="Span">The whole tag.</param>
public sealed record OtherTag(string Name, SourceSpan Span);
