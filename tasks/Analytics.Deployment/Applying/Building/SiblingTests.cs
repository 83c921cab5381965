using System.Collections.Immutable;
using Analytics.Compiler.Resolving.Nodes;
using Analytics.Deployment.Applying.Building.Materializing;
using Analytics.Deployment.Planning.Steps;
using Analytics.Deployment.Reporting;
using Analytics.Deployment.Testing;
using Analytics.Deployment.Testing.Fusion;

namespace Analytics.Deployment.Applying.Building;

/// <summary>
/// Judges tests of one relation together, when a worker takes the first of them: those that share a scan. The others are given back, to
/// run by themselves, on any worker.
/// </summary>
/// <param name="context">What the workers share.</param>
internal sealed class SiblingTests(RunContext context)
{
    // A test is in only one worker's hands at a time; the scheduler's lock orders what one writes before what the next reads.
    private readonly bool[] alone = new bool[context.Plan.Steps.Length];
    private readonly Renderings?[] rendered = new Renderings?[context.Plan.Steps.Length];

    /// <summary>A test's SQL, where it was rendered already.</summary>
    public Renderings? Rendered(int index) => rendered[index];

    /// <summary>Which steps could share a scan with one; null when it has to run by itself.</summary>
    /// <param name="index">The step.</param>
    public Func<int, bool>? Of(int index) =>
        context.FuseTests && !alone[index] && Tested(index) is { } tested
            ? other => !alone[other] && Tested(other) == tested
            : null;

    /// <summary>Renders tests and sees which of them may share a scan.</summary>
    /// <param name="taken">Those that a worker has taken at once.</param>
    /// <param name="runner">The worker's connection.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>Those that may, by step; the others will run by themselves.</returns>
    public ImmutableSortedDictionary<int, FusibleTest> Prepare(
        ImmutableArray<int> taken,
        StatementRunner runner,
        CancellationToken cancellationToken
    ) =>
        taken
            .Select(index => (Index: index, Test: Prepare(index, runner, cancellationToken)))
            .Where(entry => entry.Test is not null)
            .ToImmutableSortedDictionary(entry => entry.Index, entry => entry.Test!);

    /// <summary>Counts what tests find, in one scan.</summary>
    /// <param name="shared">What <see cref="Prepare(ImmutableArray{int}, StatementRunner, CancellationToken)"/> gave.</param>
    /// <param name="runner">The worker's connection.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>For each test that was counted, what makes its outcome; the others will run by themselves.</returns>
    public async Task<ImmutableSortedDictionary<int, Func<Task<StepOutcome>>>> CountAsync(
        ImmutableSortedDictionary<int, FusibleTest> shared,
        StatementRunner runner,
        CancellationToken cancellationToken
    )
    {
        if (shared.Count < 2)
        {
            return ImmutableSortedDictionary<int, Func<Task<StepOutcome>>>.Empty;
        }

        using var span = PublishTrace.Part("tests of one relation");
        var comment = QueryComment.For(context.Project, context.Project.Graph[Tested(shared.Keys.First())!]);
        var counted = await new FusedTestRunner(runner, comment, cancellationToken)
            .CountAsync([.. shared.Values])
            .ConfigureAwait(false);
        var judge = new DataTestRunner(runner, cancellationToken);
        return shared
            .Where(entry => counted.ContainsKey(entry.Value.Step.Test.UniqueId))
            .ToImmutableSortedDictionary(entry => entry.Key, entry => Judge(entry.Value.Step.Test, entry.Value));

        Func<Task<StepOutcome>> Judge(TestNode test, FusibleTest fused) =>
            () =>
                judge.JudgeAsync(test, fused.Rendered, counted[test.UniqueId], QueryComment.For(context.Project, test));
    }

    private FusibleTest? Prepare(int index, StatementRunner runner, CancellationToken cancellationToken)
    {
        var planned = context.Plan.Steps[index];
        var step = (RunTest)planned.Step;
        alone[index] = true;
        try
        {
            var sql = new StepSession(context.For(planned), runner, cancellationToken).Render(step, incremental: false);
            rendered[index] = sql;
            return FusibleTest.Of(step, sql);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            // By itself it meets the same again, and says so as the node that it is.
            return null;
        }
    }

    // A test that reads two relations is none of one.
    private string? Tested(int index) =>
        context.Plan.Steps[index].Step is RunTest { Test: TestNode { DependsOn: [var only] } } ? only : null;
}
