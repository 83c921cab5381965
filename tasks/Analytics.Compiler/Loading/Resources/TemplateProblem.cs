using Analytics.Compiler.Diagnostics;
using Analytics.Jinja;

namespace Analytics.Compiler.Loading.Resources;

/// <summary>What the template engine says of a file before anything is rendered.</summary>
internal static class TemplateProblem
{
    public static Diagnostic ToDiagnostic(TemplateError error) =>
        error.Kind switch
        {
            TemplateErrorKind.Limit => TemplateDiagnostics.Limit(error.Span, error.Message),
            TemplateErrorKind.Unsupported => TemplateDiagnostics.Unsupported(error.Span, error.Message),
            _ => TemplateDiagnostics.Syntax(error.Span, error.Message),
        };
}
