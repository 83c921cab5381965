using System.Collections.Immutable;
using Analytics.Compiler.Resolving.Nodes;
using Analytics.Deployment.Applying.Building;
using Analytics.Deployment.Planning.Steps;

namespace Analytics.Deployment.Applying.Hooks;

/// <summary>
/// Puts the hooks of a node around what builds it: those before it, and those after it where the relation that is built is the one that
/// will be live. The others are due in the cut-over, and those out of a transaction behind it.
/// </summary>
internal sealed class NodeHooks(RunContext context, StatementRunner runner, CancellationToken cancellationToken)
{
    private readonly HookRunner hooks = new(context, runner);

    /// <summary>Builds a node between its hooks.</summary>
    /// <param name="step">What builds it.</param>
    /// <param name="build">Builds it.</param>
    /// <exception cref="HookException">A hook failed, and what was built is gone.</exception>
    public async Task<StepOutcome> AroundAsync(NodeStep step, Func<Task<StepOutcome>> build)
    {
        if (step.Node is not RelationNode node || node.PreHooks.IsEmpty && node.PostHooks.IsEmpty)
        {
            return await build().ConfigureAwait(false);
        }

        try
        {
            return await BuildAsync(step, node, build).ConfigureAwait(false);
        }
        finally
        {
            if (IsOpen)
            {
                await hooks.ForgetAsync().ConfigureAwait(false);
            }
        }
    }

    private bool IsOpen => runner.Connection.FullState.HasFlag(System.Data.ConnectionState.Open);

    private async Task<StepOutcome> BuildAsync(NodeStep step, RelationNode node, Func<Task<StepOutcome>> build)
    {
        var before = Names(node, self: false);
        var incremental = step is BuildDelta;
        await hooks
            .RunAsync(node, node.PreHooks, inTransaction: false, incremental, before, cancellationToken)
            .ConfigureAwait(false);
        await runner.ExecuteAsync("begin", cancellationToken).ConfigureAwait(false);
        var committed = false;
        try
        {
            await hooks
                .RunAsync(node, node.PreHooks, inTransaction: true, incremental, before, cancellationToken)
                .ConfigureAwait(false);
            var outcome = await build().ConfigureAwait(false);
            if (outcome.IsRed)
            {
                return outcome;
            }

            if (RunsAfterBuilding(step))
            {
                await hooks
                    .RunAsync(
                        node,
                        node.PostHooks,
                        inTransaction: true,
                        incremental,
                        Names(node, self: true),
                        cancellationToken
                    )
                    .ConfigureAwait(false);
            }

            await runner.ExecuteAsync("commit", cancellationToken).ConfigureAwait(false);
            committed = true;
            return outcome;
        }
        finally
        {
            if (!committed && IsOpen)
            {
                await runner.ExecuteAsync("rollback", CancellationToken.None).ConfigureAwait(false);
            }
        }
    }

    /// <summary>Whether the hooks after a node are due when it is built: where the very table that is built becomes live.</summary>
    public static bool RunsAfterBuilding(NodeStep step) => step is BuildTable or LoadSeed or BuildSnapshot;

    // What the node reads is where it was built, if it was; before it is built, its own name is that of the old relation.
    private NameTranslation Names(RelationNode node, bool self)
    {
        var ids = self ? node.DependsOn.Append(node.UniqueId) : node.DependsOn;
        return new NameTranslation(
            ids.Where(context.Project.Graph.Contains)
                .Select(id => context.Project.Graph[id])
                .Select(other =>
                    other switch
                    {
                        RelationNode relation => (Final: relation.Relation, Now: context.Staged.Of(relation)),
                        FunctionNode function => (Final: function.Relation, Now: context.Staged.Of(function)),
                        _ => default,
                    }
                )
                .Where(pair => pair.Now is not null)
                .Distinct()
                .ToImmutableDictionary(pair => pair.Final, pair => pair.Now)
        );
    }
}
