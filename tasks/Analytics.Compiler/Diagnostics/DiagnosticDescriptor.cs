namespace Analytics.Compiler.Diagnostics;

/// <summary>One kind of diagnostic: what all with this code have in common.</summary>
/// <param name="Id">The code, <c>ASQL</c> and four digits; never used again for something else.</param>
/// <param name="Title">A few words without placeholders, the title of the code's page.</param>
/// <param name="DefaultSeverity">The severity where nothing was configured.</param>
public sealed record DiagnosticDescriptor(string Id, string Title, DiagnosticSeverity DefaultSeverity);
