using System.Collections.Immutable;
using Analytics.Deployment.Planning.Steps;

namespace Analytics.Deployment.Planning;

/// <summary>
/// Finds the views that nothing in the publish reads before the cut-over, tests included. To build such a view beside the live one as
/// well would only tell sooner that it is wrong; the cut-over finds that too, and undoes everything.
/// </summary>
internal static class UnreadViews
{
    /// <summary>The steps, of which those that build an unread view only render it.</summary>
    /// <param name="steps">The steps of a plan.</param>
    /// <param name="fixedSql">Unique ids of the nodes whose SQL does not depend on what a database answers.</param>
    /// <param name="eachNode">Whether each node becomes visible by itself: then nothing is read before.</param>
    public static ImmutableArray<PlannedStep> Find(
        ImmutableArray<PlannedStep> steps,
        IReadOnlySet<string> fixedSql,
        bool eachNode
    )
    {
        // Whoever waits for a step comes after it.
        var found = steps.ToBuilder();
        var isRead = new bool[steps.Length];
        for (var i = steps.Length - 1; i >= 0; i--)
        {
            if (
                (eachNode || !isRead[i])
                && steps[i].Step is BuildView build
                && IsPlain(build)
                && fixedSql.Contains(build.Model.UniqueId)
            )
            {
                found[i] = steps[i] with { Step = new RenderView(build.Model, build.Staged) };
                continue;
            }

            foreach (var before in steps[i].After)
            {
                isRead[before] = true;
            }
        }

        return found.ToImmutable();
    }

    /// <summary>Steps that build the unread views, and nothing else, beside the live ones.</summary>
    /// <param name="steps">What <see cref="Find"/> gave.</param>
    public static ImmutableArray<PlannedStep> Build(ImmutableArray<PlannedStep> steps)
    {
        var place = new Dictionary<int, int>();
        var build = ImmutableArray.CreateBuilder<PlannedStep>();
        for (var i = 0; i < steps.Length; i++)
        {
            if (steps[i].Step is RenderView view)
            {
                place.Add(i, build.Count);
                build.Add(
                    new PlannedStep(
                        new BuildView(view.Model, view.Staged),
                        [.. steps[i].After.Where(place.ContainsKey).Select(before => place[before])],
                        steps[i].Chain
                    )
                );
            }
        }

        return build.ToImmutable();
    }

    // What a contract says is held against the query when it is built.
    private static bool IsPlain(BuildView build) =>
        build.Model.Contract is null && build.Model.PreHooks.IsEmpty && build.Model.PostHooks.IsEmpty;
}
