using System.Collections.Immutable;
using Analytics.Compiler.Diagnostics;

namespace Analytics.Deployment.Applying.CuttingOver;

/// <summary>Why a cut-over was rolled back.</summary>
/// <param name="Diagnostics">What to tell.</param>
internal sealed record CutOverRefusal(ImmutableArray<Diagnostic> Diagnostics)
{
    /// <summary>What the server refused; null when it was no statement, or one of a hook.</summary>
    public StatementException? Statement { get; init; }

    /// <summary>Whether the server refused an author's SQL.</summary>
    public bool OfQuery => Statement?.Statement.Rendered is not null;
}
