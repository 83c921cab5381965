using Analytics.Text;

namespace Analytics.Jinja;

/// <summary>One macro call that was under way.</summary>
/// <param name="MacroName">Name of the macro that was called, as its definition spells it.</param>
/// <param name="CallSite">The call expression, in the file of the caller.</param>
public sealed record TemplateFrame(string MacroName, SourceSpan CallSite);
