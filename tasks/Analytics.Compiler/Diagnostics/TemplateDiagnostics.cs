using System.Collections.Immutable;
using Analytics.Text;

namespace Analytics.Compiler.Diagnostics;

/// <summary>1xxx: templates.</summary>
public static class TemplateDiagnostics
{
    private static readonly DiagnosticDescriptor SyntaxDescriptor = new(
        "ASQL1001",
        "Template syntax error",
        DiagnosticSeverity.Error
    );
    private static readonly DiagnosticDescriptor UndefinedDescriptor = new(
        "ASQL1002",
        "Undefined name in a template",
        DiagnosticSeverity.Error
    );
    private static readonly DiagnosticDescriptor EvaluationDescriptor = new(
        "ASQL1003",
        "Template evaluation error",
        DiagnosticSeverity.Error
    );
    private static readonly DiagnosticDescriptor LimitDescriptor = new(
        "ASQL1004",
        "Template limit exceeded",
        DiagnosticSeverity.Error
    );
    private static readonly DiagnosticDescriptor HostDescriptor = new(
        "ASQL1005",
        "Context function called wrongly",
        DiagnosticSeverity.Error
    );
    private static readonly DiagnosticDescriptor RaisedDescriptor = new(
        "ASQL1006",
        "Error raised by a template",
        DiagnosticSeverity.Error
    );
    private static readonly DiagnosticDescriptor WarnedDescriptor = new(
        "ASQL1007",
        "Warning raised by a template",
        DiagnosticSeverity.Warning
    );
    private static readonly DiagnosticDescriptor MissingVarDescriptor = new(
        "ASQL1008",
        "Required variable is not set",
        DiagnosticSeverity.Error
    );
    private static readonly DiagnosticDescriptor MissingEnvDescriptor = new(
        "ASQL1009",
        "Environment variable is not set",
        DiagnosticSeverity.Error
    );
    private static readonly DiagnosticDescriptor UnsupportedDescriptor = new(
        "ASQL1010",
        "Not supported in a template",
        DiagnosticSeverity.Error
    );
    private static readonly DiagnosticDescriptor QueryFailedDescriptor = new(
        "ASQL1011",
        "Query of a template failed",
        DiagnosticSeverity.Error
    );

    private static readonly DiagnosticDescriptor PrintedNothingDescriptor = new(
        "ASQL1012",
        "Undefined name is printed",
        DiagnosticSeverity.Warning
    );

    internal static ImmutableArray<DiagnosticDescriptor> All =>
        [
            SyntaxDescriptor,
            UndefinedDescriptor,
            EvaluationDescriptor,
            LimitDescriptor,
            HostDescriptor,
            RaisedDescriptor,
            WarnedDescriptor,
            MissingVarDescriptor,
            MissingEnvDescriptor,
            UnsupportedDescriptor,
            QueryFailedDescriptor,
            PrintedNothingDescriptor,
        ];

    /// <summary>The template cannot be read.</summary>
    public static Diagnostic Syntax(SourceSpan span, string message) =>
        Diagnostic.Create(SyntaxDescriptor, span, message);

    /// <summary>A name that neither the template nor its context knows.</summary>
    /// <param name="span">The name or the expression on it.</param>
    /// <param name="message">What the engine says.</param>
    /// <param name="near">A known name that looks like it; null when none does.</param>
    public static Diagnostic Undefined(SourceSpan span, string message, string? near) =>
        Diagnostic.Create(UndefinedDescriptor, span, near is null ? message : $"{message}; did you mean '{near}'?");

    /// <summary>A name that is the namespace of a package that people know, and that is not installed.</summary>
    public static Diagnostic MissingPackage(SourceSpan span, string package) =>
        Diagnostic.Create(
            UndefinedDescriptor,
            span,
            $"'{package}' is the namespace of a package that is not there; add it to packages.yml and install it, or reference a package that answers to '{package}'"
        );

    /// <summary>An expression that cannot be evaluated.</summary>
    public static Diagnostic Evaluation(SourceSpan span, string message) =>
        Diagnostic.Create(EvaluationDescriptor, span, message);

    /// <summary>A template that does too much: steps, depth or output.</summary>
    public static Diagnostic Limit(SourceSpan span, string message) =>
        Diagnostic.Create(LimitDescriptor, span, message);

    /// <summary>A function of the context got arguments it cannot take.</summary>
    public static Diagnostic Host(SourceSpan span, string message) => Diagnostic.Create(HostDescriptor, span, message);

    /// <summary><c>exceptions.raise_compiler_error</c> and its kin.</summary>
    public static Diagnostic Raised(SourceSpan span, string message) =>
        Diagnostic.Create(RaisedDescriptor, span, message);

    /// <summary><c>exceptions.warn</c>.</summary>
    public static Diagnostic Warned(SourceSpan span, string message) =>
        Diagnostic.Create(WarnedDescriptor, span, message);

    /// <summary><c>var('x')</c> without a default, and nobody set <c>x</c>.</summary>
    public static Diagnostic MissingVar(SourceSpan span, string name, string? near) =>
        Diagnostic.Create(
            MissingVarDescriptor,
            span,
            $"variable '{name}' is not set and has no default; set it under 'vars:' in dbt_project.yml or with -p:Vars{DidYouMean(near)}"
        );

    /// <summary><c>env_var('X')</c> without a default, and the environment has no <c>X</c>.</summary>
    public static Diagnostic MissingEnv(SourceSpan span, string name) =>
        Diagnostic.Create(
            MissingEnvDescriptor,
            span,
            $"environment variable '{name}' is not set and env_var has no default"
        );

    /// <summary>A tag, filter or test of Jinja that the engine refuses by name.</summary>
    public static Diagnostic Unsupported(SourceSpan span, string message) =>
        Diagnostic.Create(UnsupportedDescriptor, span, message);

    /// <summary>The database refused what a template asked it.</summary>
    /// <param name="span">The call that asked.</param>
    /// <param name="sqlState">The five characters of the server's error.</param>
    /// <param name="message">What the server said.</param>
    public static Diagnostic QueryFailed(SourceSpan span, string sqlState, string message) =>
        Diagnostic.Create(QueryFailedDescriptor, span, $"a query of the template failed: {message} ({sqlState})");

    /// <summary>A name that nothing defines and that is only printed: as in dbt, that is the empty text.</summary>
    public static Diagnostic PrintedNothing(SourceSpan span, string name, string? near) =>
        Diagnostic.Create(
            PrintedNothingDescriptor,
            span,
            $"'{name}' is undefined, so nothing is printed here{DidYouMean(near)}"
        );

    private static string DidYouMean(string? near) => near is null ? string.Empty : $"; did you mean '{near}'?";
}
