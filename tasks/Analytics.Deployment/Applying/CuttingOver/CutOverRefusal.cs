using System.Collections.Immutable;
using Analytics.Compiler.Diagnostics;

namespace Analytics.Deployment.Applying.CuttingOver;

/// <summary>Why a cut-over was rolled back.</summary>
/// <param name="Diagnostics">What to tell.</param>
internal sealed record CutOverRefusal(ImmutableArray<Diagnostic> Diagnostics)
{
    /// <summary>Whether the server refused an author's SQL.</summary>
    public bool OfQuery { get; init; }
}
