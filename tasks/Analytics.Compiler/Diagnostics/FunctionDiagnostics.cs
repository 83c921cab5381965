using System.Collections.Immutable;
using Analytics.Text;

namespace Analytics.Compiler.Diagnostics;

/// <summary>Functions of the database: what is wrong with them at build, and in a publish.</summary>
public static class FunctionDiagnostics
{
    private static readonly DiagnosticDescriptor FunctionDeclarationDescriptor = new(
        "ASQL0031",
        "Function cannot be made",
        DiagnosticSeverity.Error
    );
    private static readonly DiagnosticDescriptor UnknownFunctionDescriptor = new(
        "ASQL0032",
        "Unknown function",
        DiagnosticSeverity.Error
    );
    private static readonly DiagnosticDescriptor FunctionKeptDescriptor = new(
        "ASQL6040",
        "Function cannot be replaced",
        DiagnosticSeverity.Error
    );

    internal static ImmutableArray<DiagnosticDescriptor> All =>
        [FunctionDeclarationDescriptor, UnknownFunctionDescriptor, FunctionKeptDescriptor];

    /// <summary>What YAML says of a function is not what one is made of.</summary>
    public static Diagnostic Declaration(SourceSpan span, string name, string problem) =>
        Diagnostic.Create(FunctionDeclarationDescriptor, span, $"function '{name}' cannot be made: {problem}");

    /// <summary>A call of <c>function</c> that names none.</summary>
    public static Diagnostic Unknown(SourceSpan span, string name, string? near) =>
        Diagnostic.Create(
            UnknownFunctionDescriptor,
            span,
            $"no function is named '{name}'{(near is null ? string.Empty : $"; did you mean '{near}'?")}"
        );

    /// <summary>A function that cannot take the place of the one that is there.</summary>
    public static Diagnostic Kept(SourceSpan span, string function, string why) =>
        Diagnostic.Create(FunctionKeptDescriptor, span, $"function {function} cannot be replaced: {why}");
}
