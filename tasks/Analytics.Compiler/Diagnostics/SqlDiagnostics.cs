using System.Collections.Immutable;
using Analytics.Text;

namespace Analytics.Compiler.Diagnostics;

/// <summary>2xxx: SQL syntax, as PostgreSQL's own parser sees it.</summary>
public static class SqlDiagnostics
{
    private static readonly DiagnosticDescriptor SyntaxDescriptor = new(
        "ASQL2001",
        "SQL syntax error",
        DiagnosticSeverity.Error
    );
    private static readonly DiagnosticDescriptor EmptyDescriptor = new(
        "ASQL2002",
        "Model renders to no SQL",
        DiagnosticSeverity.Error
    );
    private static readonly DiagnosticDescriptor NotOneDescriptor = new(
        "ASQL2003",
        "Model is not one SELECT",
        DiagnosticSeverity.Error
    );

    private static readonly DiagnosticDescriptor NotKnownYetDescriptor = new(
        "ASQL2004",
        "SQL is known only when it is published",
        DiagnosticSeverity.Info
    );

    internal static ImmutableArray<DiagnosticDescriptor> All =>
        [SyntaxDescriptor, EmptyDescriptor, NotOneDescriptor, NotKnownYetDescriptor];

    /// <summary>PostgreSQL does not accept the SQL.</summary>
    /// <param name="span">The author's text that rendered to the place of the error.</param>
    /// <param name="message">The parser's message.</param>
    /// <param name="context">For example <c>when is_incremental() is true</c>; null for the plain rendering.</param>
    public static Diagnostic Syntax(SourceSpan span, string message, string? context) =>
        Diagnostic.Create(SyntaxDescriptor, span, context is null ? message : $"{message} ({context})");

    /// <summary>Nothing but white space and comments came out.</summary>
    public static Diagnostic Empty(SourceSpan span, string name) =>
        Diagnostic.Create(EmptyDescriptor, span, $"'{name}' renders to no SQL; expected a SELECT");

    /// <summary>More than one statement, or one that does not return rows.</summary>
    public static Diagnostic NotOneSelect(SourceSpan span, string name, string found) =>
        Diagnostic.Create(NotOneDescriptor, span, $"'{name}' must be one SELECT; found {found}");

    /// <summary>The template asks the database, and makes no SELECT without its answers.</summary>
    public static Diagnostic NotKnownYet(SourceSpan span, string name) =>
        Diagnostic.Create(
            NotKnownYetDescriptor,
            span,
            $"the SQL of '{name}' depends on what the database answers; it is checked when it is published"
        );
}
