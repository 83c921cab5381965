using System.Collections.Immutable;
using Analytics.Compiler.Diagnostics;
using Analytics.Compiler.Resolving.Nodes;
using Analytics.Deployment.Applying.Building;
using Analytics.Deployment.Planning;
using Analytics.Deployment.Planning.Steps;

namespace Analytics.Deployment.Reporting;

/// <summary>Tells the observer, one call at a time, and keeps what the report needs.</summary>
/// <param name="observer">Who is told.</param>
internal sealed class PublishLog(IPublishObserver observer)
{
    private readonly Lock gate = new();
    private readonly List<NodeResult> results = [];
    private ImmutableArray<PlannedStep> expected = [];
    private int total;

    /// <summary>Whether an error was told.</summary>
    public bool HasErrors { get; private set; }

    /// <summary>Whether what is built is live: true from the beginning where each node becomes visible by itself.</summary>
    public bool IsLive { get; set; }

    /// <summary>What is finished so far, in the order in which it was.</summary>
    public ImmutableArray<NodeResult> Results
    {
        get
        {
            lock (gate)
            {
                return [.. results];
            }
        }
    }

    /// <summary>Whether there is a plan that is being executed, or was.</summary>
    public bool HasPlan { get; private set; }

    /// <summary>Says what will be done.</summary>
    public void Expect(ImmutableArray<PlannedStep> steps)
    {
        lock (gate)
        {
            expected = steps;
            HasPlan = true;
        }
    }

    /// <summary>Counts as skipped what nobody came to, since something ended the publish before: who retries must find it.</summary>
    public void Complete()
    {
        lock (gate)
        {
            var done = results.Select(result => result.UniqueId).ToHashSet(StringComparer.Ordinal);
            foreach (var step in expected.Select(planned => planned.Step).Where(step => done.Add(step.Node.UniqueId)))
            {
                results.Add(
                    new NodeResult(
                        step.Node.UniqueId,
                        step.Kind,
                        step.Title,
                        NodeStatus.Skipped,
                        TimeSpan.Zero,
                        "not run: the publish ended before",
                        null,
                        null,
                        null,
                        step.Node.ObjectName?.ToSql(),
                        TimeProvider.System.GetUtcNow(),
                        0,
                        results.Count + 1,
                        total
                    )
                );
            }
        }
    }

    /// <summary>Says how many nodes there will be.</summary>
    public void Begin(int nodes)
    {
        lock (gate)
        {
            total = nodes;
        }
    }

    /// <summary>See <see cref="IPublishObserver.Progress"/>.</summary>
    public void Progress(string message)
    {
        lock (gate)
        {
            observer.Progress(message);
        }
    }

    /// <summary>See <see cref="IPublishObserver.NodeStarted"/>.</summary>
    public void NodeStarted(string name)
    {
        lock (gate)
        {
            observer.NodeStarted(name);
        }
    }

    /// <summary>Tells a node's diagnostics, then its result.</summary>
    public void NodeFinished(NodeStep step, StepOutcome outcome, TimeSpan elapsed, DateTimeOffset startedAt, int worker)
    {
        lock (gate)
        {
            foreach (var diagnostic in outcome.Diagnostics)
            {
                Tell(diagnostic);
            }

            // What the cut-over refused is built once more, and then the later word counts.
            var earlier = results.FindIndex(other => other.UniqueId == step.Node.UniqueId);
            var result = new NodeResult(
                step.Node.UniqueId,
                step.Kind,
                step.Title,
                outcome.Status,
                elapsed,
                outcome.Message,
                outcome.Rows,
                outcome.Failures,
                outcome.Final?.Text,
                step.Node is TestNode test ? test.FailingRows?.ToSql() : step.Node.ObjectName?.ToSql(),
                startedAt,
                worker,
                (earlier < 0 ? results.Count : earlier) + 1,
                total
            );
            if (earlier < 0)
            {
                results.Add(result);
            }
            else
            {
                results[earlier] = result;
            }

            observer.NodeFinished(result);
        }
    }

    /// <summary>Tells of a relation that stays as it is.</summary>
    public void NodeReused(GraphNode node, DateTimeOffset at)
    {
        lock (gate)
        {
            var result = new NodeResult(
                node.UniqueId,
                node is SeedNode ? "seed"
                    : node is FunctionNode ? "function"
                    : "view",
                node.ObjectName!.ToString(),
                NodeStatus.Reused,
                TimeSpan.Zero,
                "unchanged",
                null,
                null,
                null,
                node.ObjectName!.ToSql(),
                at,
                0,
                results.Count + 1,
                total
            );
            results.Add(result);
            observer.NodeFinished(result);
        }
    }

    /// <summary>
    /// Says that nothing became visible. What was built counts as skipped from now on: a result must not say that a relation is there
    /// which is not, and who retries what did not succeed must find it.
    /// </summary>
    public void RollBack()
    {
        if (IsLive)
        {
            return;
        }

        lock (gate)
        {
            for (var i = 0; i < results.Count; i++)
            {
                if (results[i].Status == NodeStatus.Success)
                {
                    results[i] = results[i] with
                    {
                        Status = NodeStatus.Skipped,
                        Message = "built, but not published: the publish did not succeed",
                        RowsAffected = null,
                    };
                }
            }
        }
    }

    /// <summary>See <see cref="IPublishObserver.Diagnostic"/>.</summary>
    public void Diagnostic(Diagnostic diagnostic)
    {
        lock (gate)
        {
            Tell(diagnostic);
        }
    }

    /// <summary>Tells several.</summary>
    /// <returns>Whether one of them is an error.</returns>
    public bool Diagnostics(IEnumerable<Diagnostic> diagnostics)
    {
        var failed = false;
        foreach (var diagnostic in diagnostics)
        {
            Diagnostic(diagnostic);
            failed |= diagnostic.Severity == DiagnosticSeverity.Error;
        }

        return failed;
    }

    private void Tell(Diagnostic diagnostic)
    {
        HasErrors |= diagnostic.Severity == DiagnosticSeverity.Error;
        observer.Diagnostic(diagnostic);
    }
}
