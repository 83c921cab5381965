using System.Collections.Immutable;
using Analytics.Text;

namespace Analytics.Compiler.Diagnostics;

/// <summary>Contracts of models, at build and at publish.</summary>
public static class ContractDiagnostics
{
    private static readonly DiagnosticDescriptor InvalidDescriptor = new(
        "ASQL0029",
        "Contract cannot be enforced",
        DiagnosticSeverity.Error
    );
    private static readonly DiagnosticDescriptor WithoutEffectDescriptor = new(
        "ASQL0030",
        "Contract or constraint without effect",
        DiagnosticSeverity.Warning
    );
    private static readonly DiagnosticDescriptor BrokenDescriptor = new(
        "ASQL6023",
        "Query does not keep its contract",
        DiagnosticSeverity.Error
    );

    internal static ImmutableArray<DiagnosticDescriptor> All =>
        [InvalidDescriptor, WithoutEffectDescriptor, BrokenDescriptor];

    /// <summary>A contract that no query can be held against.</summary>
    /// <param name="span">The config, the column or the constraint.</param>
    /// <param name="model">The model's name.</param>
    /// <param name="reason">What is missing or too much.</param>
    public static Diagnostic Invalid(SourceSpan span, string model, string reason) =>
        Diagnostic.Create(InvalidDescriptor, span, $"the contract of '{model}' cannot be enforced: {reason}");

    /// <summary>Something that dbt passes over, although whoever wrote it will believe that it holds.</summary>
    public static Diagnostic WithoutEffect(SourceSpan span, string what, string reason) =>
        Diagnostic.Create(WithoutEffectDescriptor, span, $"{what} has no effect: {reason}");

    /// <summary>The columns of a model's query are not those of its contract.</summary>
    /// <param name="model">Where the model is.</param>
    /// <param name="name">Its name.</param>
    /// <param name="mismatches">What differs: the column in YAML, or null for one that only the query has, and what is wrong with it.</param>
    public static Diagnostic Broken(
        SourceSpan model,
        string name,
        IReadOnlyCollection<(SourceSpan? Column, string Message)> mismatches
    )
    {
        var places = mismatches
            .Where(mismatch => mismatch.Column is not null)
            .Select(mismatch => new RelatedLocation(mismatch.Column!.Value, mismatch.Message))
            .ToImmutableArray();
        var message = string.Join("; ", mismatches.Select(mismatch => mismatch.Message));
        return Diagnostic.Create(
            BrokenDescriptor,
            places.IsEmpty ? model : places[0].Span,
            $"the model '{name}' has an enforced contract that failed: {message}"
        ) with
        {
            Related = places.Length > 1 ? places[1..] : [],
        };
    }
}
