using Analytics.Text;

namespace Analytics.Compiler.Loading.Definition;

/// <summary>What <c>query-comment</c> says.</summary>
/// <param name="Template">The comment, a template without <c>/* */</c>; null for none at all.</param>
/// <param name="Append">Whether it stands behind the statement instead of before it.</param>
/// <param name="Span">Where the comment is written.</param>
public sealed record QueryCommentSettings(string? Template, bool Append, SourceSpan Span);
