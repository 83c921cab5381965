using System.Collections.Immutable;
using Analytics.Compiler.Diagnostics;
using Analytics.Compiler.Rendering;

namespace Analytics.Deployment.Applying.Building.Materializing;

/// <summary>What a template became.</summary>
/// <param name="Staged">SQL on the staged relations; for a model in batches, that of the first.</param>
/// <param name="Final">The same on final names.</param>
/// <param name="Later">The other batches in order, on the staged relations; empty without batches.</param>
/// <param name="Diagnostics">Warnings, in the order they were found.</param>
internal sealed record NodeSql(
    RenderedSql Staged,
    RenderedSql Final,
    ImmutableArray<RenderedSql> Later,
    ImmutableArray<Diagnostic> Diagnostics
)
{
    /// <summary>The outcome of a node whose query gave rows.</summary>
    public StepOutcome Built(long rows) => StepOutcome.Built(rows) with { Final = Final, Diagnostics = Diagnostics };

    /// <summary>The outcome of a node whose query runs, and gives what the node must not have.</summary>
    public StepOutcome Refused(Diagnostic refusal) =>
        StepOutcome.Failed([.. Diagnostics, refusal]) with
        {
            Final = Final,
        };
}
