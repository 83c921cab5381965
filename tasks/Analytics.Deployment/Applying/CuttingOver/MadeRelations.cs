using System.Collections.Immutable;
using Analytics.Deployment.Applying.Building;
using Analytics.Deployment.Planning.Steps;

namespace Analytics.Deployment.Applying.CuttingOver;

/// <summary>A plan says that what a macro makes is a table. When the macro has run it is known what it is.</summary>
internal static class MadeRelations
{
    /// <summary>The publish, in whose plan the views that macros made are views like others.</summary>
    /// <param name="context">The publish.</param>
    /// <param name="outcomes">What building the nodes gave, by unique id.</param>
    public static RunContext Settle(RunContext context, ImmutableDictionary<string, StepOutcome> outcomes)
    {
        bool IsView(string uniqueId) => outcomes.GetValueOrDefault(uniqueId)?.View is not null;
        var plan = context.Plan;
        return context with
        {
            Plan = plan with
            {
                Steps =
                [
                    .. plan.Steps.Select(planned =>
                        planned.Step is MakeRelation made && IsView(made.Model.UniqueId)
                            ? planned with
                            {
                                Step = new BuildView(made.Model, made.Staged),
                            }
                            : planned
                    ),
                ],
                CutOver =
                [
                    .. plan.CutOver.Select(step =>
                        step is MoveTable move && IsView(move.Node.UniqueId)
                            ? new CreateView((Compiler.Resolving.Nodes.ModelNode)move.Node, move.Old)
                            : step
                    ),
                ],
            },
        };
    }
}
