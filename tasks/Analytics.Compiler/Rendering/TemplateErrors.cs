using Analytics.Compiler.Diagnostics;
using Analytics.Jinja;
using Analytics.Text;

namespace Analytics.Compiler.Rendering;

/// <summary>Turns what the template engine throws into diagnostics at the author's line.</summary>
internal static class TemplateErrors
{
    // Packages of dbt's hub that projects use most.
    private static readonly string?[] KnownPackages =
    [
        "audit_helper",
        "codegen",
        "dbt_artifacts",
        "dbt_date",
        "dbt_expectations",
        "dbt_external_tables",
        "dbt_profiler",
        "dbt_project_evaluator",
        "dbt_utils",
        "elementary",
        "fivetran_utils",
        "re_data",
    ];

    /// <summary>The diagnostic of an error.</summary>
    /// <param name="error">What the engine says.</param>
    /// <param name="fallback">The node's own span, in the author's file.</param>
    /// <param name="knownNames">Names an undefined one could be meant for.</param>
    public static Diagnostic ToDiagnostic(TemplateError error, SourceSpan fallback, IEnumerable<string> knownNames)
    {
        var (span, related) = TemplateLocation.InAuthorsFile(error.Span, error.Stack, fallback);
        var diagnostic = error.Kind switch
        {
            TemplateErrorKind.Syntax => TemplateDiagnostics.Syntax(span, error.Message),
            TemplateErrorKind.Unsupported => TemplateDiagnostics.Unsupported(span, error.Message),
            TemplateErrorKind.UnknownFilter or TemplateErrorKind.UnknownTest => TemplateDiagnostics.Syntax(
                span,
                error.Message
            ),
            TemplateErrorKind.UndefinedName when KnownPackages.Contains(error.Name) =>
                TemplateDiagnostics.MissingPackage(span, error.Name!),
            TemplateErrorKind.UndefinedName => TemplateDiagnostics.Undefined(
                span,
                error.Message,
                error.Name is null ? null : NearName.Find(error.Name, knownNames)
            ),
            TemplateErrorKind.UndefinedAttribute => TemplateDiagnostics.Undefined(
                span,
                error.Message,
                error.Name is null ? null : NearName.Find(error.Name, knownNames)
            ),
            TemplateErrorKind.Limit => TemplateDiagnostics.Limit(span, error.Message),
            TemplateErrorKind.Host => TemplateDiagnostics.Host(span, error.Message),
            _ => TemplateDiagnostics.Evaluation(span, error.Message),
        };
        return diagnostic with { Related = related };
    }
}
