using System.Collections.Immutable;
using Analytics.Compiler.Rendering;
using Analytics.Compiler.Resolving;
using Analytics.Compiler.Resolving.Nodes;
using Analytics.Deployment.Planning.Incremental;
using Analytics.Deployment.Planning.Steps;

namespace Analytics.Deployment.Applying.Building.Materializing;

/// <summary>Brings the batches of a <c>microbatch</c> model together.</summary>
internal sealed class BatchMerger(StepSession session)
{
    /// <summary>Runs each batch after the first, into what is there of the new rows; in the cut-over they are merged as one.</summary>
    /// <returns>The rows that the batches gave.</returns>
    public async Task<long> MergeAsync(
        NodeStep step,
        ModelNode model,
        RelationName table,
        ImmutableArray<RenderedSql> batches
    )
    {
        var columns = await session.ColumnsAsync(table).ConfigureAwait(false);
        var (prefix, suffix) = MergeStatements.Around(table, model.Incremental!, columns);
        var rows = 0L;
        foreach (var batch in batches)
        {
            var merge = Statement.Around($"{prefix}(\n", batch, $"\n){suffix}");
            rows += (await session.RunAsync(step, merge).ConfigureAwait(false))[0];
        }

        return rows;
    }
}
