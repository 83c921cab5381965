using System.Collections.Immutable;

namespace Analytics.Compiler.Diagnostics;

/// <summary>The order in which diagnostics are shown.</summary>
internal static class DiagnosticOrder
{
    /// <summary>By file, place, code and message, each once; what has no place comes first.</summary>
    public static ImmutableArray<Diagnostic> Sort(IEnumerable<Diagnostic> diagnostics) =>
        [
            .. diagnostics
                .DistinctBy(diagnostic => (diagnostic.Id, diagnostic.Span, diagnostic.Message))
                .OrderBy(diagnostic => diagnostic.Span?.File.Path, StringComparer.Ordinal)
                .ThenBy(diagnostic => diagnostic.Span?.Start)
                .ThenBy(diagnostic => diagnostic.Id, StringComparer.Ordinal)
                .ThenBy(diagnostic => diagnostic.Message, StringComparer.Ordinal),
        ];
}
