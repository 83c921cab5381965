using System.Collections.Immutable;
using Analytics.Compiler.Resolving;
using Analytics.Deployment.Applying.Building;
using Analytics.Deployment.Applying.State;
using Analytics.Deployment.Planning;
using Analytics.Deployment.Planning.Steps;
using Analytics.Deployment.Reporting;
using Npgsql;

namespace Analytics.Deployment.Applying.CuttingOver;

/// <summary>Makes one node visible as soon as it is built: the cut-over of a plan with this node alone.</summary>
internal sealed class NodeCutOver(
    RunContext context,
    NpgsqlDataSource connections,
    StateSchema state,
    PublishLog log,
    CutOverOptions options
)
{
    private readonly ILookup<string, CutOverStep> steps = context.Plan.CutOver.ToLookup(
        step => step.Node.UniqueId,
        StringComparer.Ordinal
    );

    private readonly ImmutableHashSet<RelationName> toBeMade =
    [
        .. context.Plan.CutOver.OfType<CreateView>().Select(step => step.Node.Relation),
        .. context.Plan.Steps.Select(planned => (planned.Step as RunTest)?.Test.FailingRows).OfType<RelationName>(),
    ];

    /// <summary>Cuts over.</summary>
    /// <param name="planned">The step that was executed.</param>
    /// <param name="outcome">What it gave.</param>
    /// <param name="runner">The worker's connection.</param>
    /// <param name="cancellationToken">Ends it; then the old relation stays.</param>
    /// <returns>The outcome; red when the node did not become visible.</returns>
    public async Task<StepOutcome> RunAsync(
        PlannedStep planned,
        StepOutcome outcome,
        StatementRunner runner,
        CancellationToken cancellationToken
    )
    {
        if (outcome.IsRed)
        {
            return outcome;
        }

        var node = planned.Step.Node;
        var alone = context with
        {
            Plan = context.Plan with
            {
                Steps = [planned],
                CutOver = [.. steps[node.UniqueId]],
                Functions = planned.Step is BuildFunction function ? [function] : [],
                PrunedFunctions = [],
                Pruned = [],
                ToBeMade = toBeMade,
            },
        };
        var outcomes = ImmutableDictionary<string, StepOutcome>.Empty.Add(node.UniqueId, outcome);
        var refused =
            alone.Plan.CutOver.IsEmpty && alone.Plan.Functions.IsEmpty
                ? null
                : await new CutOver(
                    MadeRelations.Settle(alone, outcomes),
                    outcomes,
                    runner,
                    connections,
                    state,
                    log,
                    options
                )
                    .RunAsync(cancellationToken)
                    .ConfigureAwait(false);
        switch (refused)
        {
            case null:
                await new AfterCutOver(alone, outcomes, runner, log).RunAsync(cancellationToken).ConfigureAwait(false);
                return outcome;
            case { OfQuery: true, Statement: { } exception }:
                return StepFailure.Of(node, exception) with { Final = outcome.Final };
            default:
                return StepOutcome.Failed([.. outcome.Diagnostics, .. refused.Diagnostics]) with
                {
                    Final = outcome.Final,
                };
        }
    }
}
