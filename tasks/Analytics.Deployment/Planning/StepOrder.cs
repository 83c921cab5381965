using System.Collections.Immutable;
using Analytics.Compiler.Resolving;
using Analytics.Compiler.Resolving.Nodes;
using Analytics.Deployment.Planning.Steps;

namespace Analytics.Deployment.Planning;

/// <summary>
/// Says which step waits for which: a node for what it reads, for the tests (of severity error) of what it reads, and for its own unit
/// tests, as <c>dbt build</c> does it.
/// </summary>
internal static class StepOrder
{
    /// <summary>Orders steps.</summary>
    /// <param name="graph">The whole graph: chains also run through nodes that have no step.</param>
    /// <param name="steps">The steps in the order of the graph.</param>
    public static ImmutableArray<PlannedStep> Arrange(ModelGraph graph, IReadOnlyList<NodeStep> steps)
    {
        var stepOf = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var i = 0; i < steps.Count; i++)
        {
            stepOf.Add(steps[i].Node.UniqueId, i);
        }

        var after = steps.Select(_ => new SortedSet<int>()).ToArray();
        var lineage = new Lineage(graph);
        foreach (var (step, index) in steps.Select((step, index) => (step, index)))
        {
            after[index].UnionWith(DirectSteps(graph, Read(graph, step), stepOf));
        }

        foreach (var test in steps.OfType<RunUnitTest>())
        {
            foreach (var waiting in Waiting(test.Model.UniqueId, lineage, stepOf))
            {
                after[waiting].Add(stepOf[test.Test.UniqueId]);
            }
        }

        foreach (var test in steps.OfType<RunTest>().Where(Gates))
        {
            foreach (var node in lineage.FirstBelowAll(test.Test.DependsOn))
            {
                foreach (var waiting in Waiting(node, lineage, stepOf))
                {
                    after[waiting].Add(stepOf[test.Test.UniqueId]);
                }
            }
        }

        return Sort(steps, after);
    }

    // An ephemeral model has no step: whoever reads it waits in its place.
    private static IEnumerable<int> Waiting(string node, Lineage lineage, Dictionary<string, int> stepOf) =>
        stepOf.TryGetValue(node, out var step) ? [step] : lineage.StepsBelow(node, stepOf);

    // A unit test reads no rows of its inputs, but where it writes values it takes the columns and types from them; functions it calls.
    private static IEnumerable<string> Read(ModelGraph graph, NodeStep step) =>
        step is RunUnitTest unit
            ? unit
                .Test.Inputs.Where(input => input.Rows.Sql is null)
                .Select(input => input.Node)
                .OfType<string>()
                .Intersect(unit.Model.DependsOn)
                .Concat(unit.Model.DependsOn.Where(id => graph.Contains(id) && graph[id] is FunctionNode))
            : step.Node.DependsOn;

    private static bool Gates(RunTest step) => step.Test.Settings.Severity == TestSeverity.Error;

    private static SortedSet<int> DirectSteps(
        ModelGraph graph,
        IEnumerable<string> read,
        Dictionary<string, int> stepOf
    )
    {
        var found = new SortedSet<int>();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var open = new Stack<string>(read);
        while (open.TryPop(out var id))
        {
            if (!seen.Add(id) || !graph.Contains(id))
            {
                continue;
            }

            if (stepOf.TryGetValue(id, out var index))
            {
                found.Add(index);
            }
            else if (graph[id] is ModelNode { Materialization: Materialization.Ephemeral } ephemeral)
            {
                foreach (var below in ephemeral.DependsOn)
                {
                    open.Push(below);
                }
            }
        }

        return found;
    }

    // Kahn's algorithm; of the steps that can come next the first in graph order does, so that the list is deterministic.
    private static ImmutableArray<PlannedStep> Sort(IReadOnlyList<NodeStep> steps, SortedSet<int>[] after)
    {
        var readers = steps.Select(_ => new List<int>()).ToArray();
        var waiting = new int[steps.Count];
        for (var i = 0; i < steps.Count; i++)
        {
            waiting[i] = after[i].Count;
            foreach (var before in after[i])
            {
                readers[before].Add(i);
            }
        }

        var ready = new SortedSet<int>(Enumerable.Range(0, steps.Count).Where(i => waiting[i] == 0));
        var order = new List<int>(steps.Count);
        while (ready.Count > 0)
        {
            var next = ready.Min;
            ready.Remove(next);
            order.Add(next);
            foreach (var reader in readers[next])
            {
                if (--waiting[reader] == 0)
                {
                    ready.Add(reader);
                }
            }
        }

        var chain = new int[steps.Count];
        foreach (var index in Enumerable.Reverse(order))
        {
            chain[index] = 1 + readers[index].Select(reader => chain[reader]).DefaultIfEmpty(0).Max();
        }

        var place = new int[steps.Count];
        for (var i = 0; i < order.Count; i++)
        {
            place[order[i]] = i;
        }

        return
        [
            .. order.Select(index => new PlannedStep(
                steps[index],
                [.. after[index].Select(before => place[before]).Order()],
                chain[index]
            )),
        ];
    }
}
