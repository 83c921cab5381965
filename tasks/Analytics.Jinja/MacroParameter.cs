using Analytics.Text;

namespace Analytics.Jinja;

/// <summary>A parameter of a macro.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Span">The name in the header.</param>
/// <param name="TypeText">The declared type as written, such as <c>list[string]</c>; null when none is declared.</param>
/// <param name="Default">The default's expression; null when the parameter has none and is undefined unless passed.</param>
public sealed record MacroParameter(string Name, SourceSpan Span, string? TypeText, SourceSpan? Default);
