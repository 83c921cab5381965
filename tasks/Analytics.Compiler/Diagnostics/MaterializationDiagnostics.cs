using System.Collections.Immutable;
using Analytics.Text;

namespace Analytics.Compiler.Diagnostics;

/// <summary>Materializations of a project's own, and macros that it puts in the place of dbt's.</summary>
public static class MaterializationDiagnostics
{
    private static readonly DiagnosticDescriptor NotCalledDescriptor = new(
        "ASQL0034",
        "Macro is never called",
        DiagnosticSeverity.Warning
    );
    private static readonly DiagnosticDescriptor NoRelationsDescriptor = new(
        "ASQL6041",
        "Materialization returned no relation",
        DiagnosticSeverity.Error
    );
    private static readonly DiagnosticDescriptor OtherRelationDescriptor = new(
        "ASQL6042",
        "Materialization made something else",
        DiagnosticSeverity.Error
    );

    internal static ImmutableArray<DiagnosticDescriptor> All =>
        [NotCalledDescriptor, NoRelationsDescriptor, OtherRelationDescriptor];

    /// <summary>A macro that has the name of one of dbt's, which a publish does not call.</summary>
    public static Diagnostic NotCalled(SourceSpan span, string what, string instead) =>
        Diagnostic.Create(
            NotCalledDescriptor,
            span,
            $"{what} is in the place of one of dbt's, and a publish does not call it: {instead}"
        );

    /// <summary>A materialization that does not say what it made.</summary>
    public static Diagnostic NoRelations(SourceSpan span, string model, string materialization, SourceSpan macro) =>
        Diagnostic.Create(
            NoRelationsDescriptor,
            span,
            $"the materialization '{materialization}' of '{model}' returned no relation; it must end with return({{'relations': [...]}})"
        ) with
        {
            Related = [new RelatedLocation(macro, "the materialization")],
        };

    /// <summary>A materialization that made no relation under the model's name, or more than that.</summary>
    public static Diagnostic OtherRelation(SourceSpan span, string model, string problem) =>
        Diagnostic.Create(OtherRelationDescriptor, span, $"the materialization of '{model}' {problem}");
}
