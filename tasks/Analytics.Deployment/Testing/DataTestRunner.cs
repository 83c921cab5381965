using System.Collections.Immutable;
using Analytics.Compiler.Diagnostics;
using Analytics.Compiler.Rendering;
using Analytics.Compiler.Resolving.Nodes;
using Analytics.Deployment.Applying;
using Analytics.Deployment.Applying.Building;
using Analytics.Deployment.Planning.Steps;
using Analytics.Deployment.Reporting;
using Analytics.Deployment.Testing.Uniqueness;

namespace Analytics.Deployment.Testing;

/// <summary>Runs one data test: keeps its rows where it says so, counts them, and fetches some to show.</summary>
/// <param name="runner">The connection.</param>
/// <param name="cancellationToken">Ends it.</param>
internal sealed class DataTestRunner(StatementRunner runner, CancellationToken cancellationToken)
{
    /// <summary>Knows of tests that need not be run; null to run each.</summary>
    public UniqueProof? Proof { get; init; }

    /// <summary>Runs it.</summary>
    /// <param name="step">The test.</param>
    /// <param name="rendered">Its SQL.</param>
    /// <param name="comment">What each statement begins with.</param>
    /// <exception cref="StatementException">The server refused a statement.</exception>
    public async Task<StepOutcome> RunAsync(RunTest step, Renderings rendered, string comment)
    {
        if (rendered is not { Staged: { } sql, Final: { } final })
        {
            return StepOutcome.Failed(rendered.Diagnostics);
        }

        var test = step.Test;

        // A view over what is staged would go with it; of what was there before the publish it can be made now.
        var asView = test.Settings.Keeping == FailureKeeping.View && sql.Text == final.Text;
        if (test.FailingRows is { } kept)
        {
            await new FailureStore(runner, cancellationToken)
                .KeepAsync(kept, step.OldRows, sql, asView, comment)
                .ConfigureAwait(false);
        }

        var query = await IsProvenAsync(test, sql, comment).ConfigureAwait(false)
            ? DataTestQuery.CountOfNothing(test)
            : new DataTestQuery(test, sql).Count();
        var counted = await runner.QueryAsync(query.After(comment), cancellationToken).ConfigureAwait(false);
        if (counted is [var row])
        {
            var outcome = await JudgeAsync(test, rendered, row, comment).ConfigureAwait(false);
            return outcome with { RowsWait = test.Settings.Keeping == FailureKeeping.View && !asView };
        }

        var wrong = TestDiagnostics.NotOneNumber(test.Span, test.Name, test.Settings.FailCalc, counted.Length);
        return StepOutcome.Failed([.. rendered.Diagnostics, wrong]) with { Final = final };
    }

    /// <summary>Says what the numbers of a test mean.</summary>
    /// <param name="test">The test.</param>
    /// <param name="rendered">Its SQL, which has no error.</param>
    /// <param name="row">The row of <see cref="DataTestQuery.Count"/>.</param>
    /// <param name="comment">What each statement begins with.</param>
    /// <exception cref="StatementException">The server refused to show failing rows.</exception>
    public async Task<StepOutcome> JudgeAsync(
        TestNode test,
        Renderings rendered,
        ImmutableArray<object?> row,
        string comment
    )
    {
        var verdict = TestVerdict.Of(test.Settings, row[0] as string, row[1] as bool?, row[2] as bool?);
        var shown = string.Empty;
        if (verdict.Status != NodeStatus.Pass)
        {
            var query = new DataTestQuery(test, rendered.Staged!).Rows();
            var rows = await runner.QueryAsync(query.After(comment), cancellationToken).ConfigureAwait(false);
            shown = FailingRows.Write(rows.Select(cells => cells[0]).OfType<string>());
        }

        var found = verdict.Diagnostic(test, shown);
        return new StepOutcome(verdict.Status, verdict.Message)
        {
            Failures = verdict.Failures,
            Final = rendered.Final,
            Diagnostics = found is null ? rendered.Diagnostics : [.. rendered.Diagnostics, found],
        };
    }

    private async Task<bool> IsProvenAsync(TestNode test, RenderedSql sql, string comment) =>
        Proof is not null
        && DataTestQuery.IsOnlyCount(test)
        && UniqueTestReader.Read(sql.Text) is { } unique
        && await Proof.HoldsAsync(unique, comment, cancellationToken).ConfigureAwait(false);
}
