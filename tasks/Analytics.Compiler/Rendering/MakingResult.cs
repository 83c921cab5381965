using System.Collections.Immutable;
using Analytics.Compiler.Diagnostics;
using Analytics.Compiler.Resolving;

namespace Analytics.Compiler.Rendering;

/// <summary>What a macro that makes a model's relation left behind.</summary>
/// <param name="Relations">The relations it returned; null when it returned none, or there is an error.</param>
/// <param name="Rows">How many rows its statement <c>main</c> wrote; null when that is not known.</param>
/// <param name="Diagnostics">In the order they were found.</param>
public sealed record MakingResult(
    ImmutableArray<RelationName>? Relations,
    long? Rows,
    ImmutableArray<Diagnostic> Diagnostics
);
