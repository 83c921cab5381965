using Analytics.Text;

namespace Analytics.Compiler.Loading.Definition;

/// <summary>What <c>query-comment</c> says. Where the comment stands (<c>append</c>) means nothing on PostgreSQL: it is before the statement.</summary>
/// <param name="Template">The comment, a template without <c>/* */</c>; empty for none at all, null for the usual one.</param>
/// <param name="Span">Where the comment is written.</param>
public sealed record QueryCommentSettings(string? Template, SourceSpan Span);
