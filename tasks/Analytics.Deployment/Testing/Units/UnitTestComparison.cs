using System.Collections.Immutable;
using Analytics.Compiler.Diagnostics;
using Analytics.Compiler.Rendering;
using Analytics.Compiler.Resolving.Nodes;
using Analytics.Deployment.Applying;
using Analytics.Deployment.Applying.Building;
using Analytics.Deployment.Planning.Steps;
using Analytics.Deployment.Reporting;

namespace Analytics.Deployment.Testing.Units;

/// <summary>Compares what a model gives in a unit test with what the test expects.</summary>
/// <param name="step">The unit test.</param>
/// <param name="actual">The model's query over the test's rows.</param>
/// <param name="comment">What each statement begins with.</param>
/// <param name="warnings">What to tell beside the result.</param>
internal sealed class UnitTestComparison(
    RunUnitTest step,
    RenderedSql actual,
    string comment,
    ImmutableArray<Diagnostic> warnings
)
{
    private readonly UnitTestQuery query = new(actual);

    /// <summary>Compares.</summary>
    /// <param name="runner">The connection.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="StatementException">The server refused a statement.</exception>
    public async Task<StepOutcome> RunAsync(StatementRunner runner, CancellationToken cancellationToken)
    {
        var given = await runner.DescribeAsync(query.Actual().After(comment), cancellationToken).ConfigureAwait(false);
        var known = FixtureColumns.Of(given);
        var expected = step.Test.Expected is { Sql: { } written } rows
            ? rows with
            {
                Columns =
                [
                    .. (
                        await runner
                            .DescribeAsync(new Statement(comment + written), cancellationToken)
                            .ConfigureAwait(false)
                    ).Select(column => (column.Name, step.Test.Span)),
                ],
            }
            : step.Test.Expected;
        var wrong = known.Unknown(expected, "expected output").ToImmutableArray();
        if (!wrong.IsEmpty)
        {
            return StepOutcome.Failed([.. warnings, .. wrong]) with { Final = actual };
        }

        var result = expected.Sql is { } sql
            ? await SqlAsync(runner, sql, Pairs(known, expected), cancellationToken).ConfigureAwait(false)
            : await ValuesAsync(runner, expected, known, cancellationToken).ConfigureAwait(false);
        return Judge(result.Columns, RowDifference.Of(result.Rows));
    }

    // A test says which columns it is about by its rows; without rows it is about all.
    private async Task<(ImmutableArray<string> Columns, ImmutableArray<ImmutableArray<object?>> Rows)> ValuesAsync(
        StatementRunner runner,
        FixedRows expected,
        FixtureColumns known,
        CancellationToken cancellationToken
    )
    {
        ImmutableArray<FixtureColumn> compared = expected.Columns.IsEmpty
            ? [.. known.Columns]
            : [.. expected.Columns.Select(column => known.Find(column.Name)!).Distinct()];
        var texts = query.Texts(
            new FixtureSql(expected).Of(compared),
            [.. compared.Select(column => (column.Name, column.Name))],
            [.. compared.Select(column => column.Type!)]
        );
        var rows = await runner.QueryAsync(texts.After(comment), cancellationToken).ConfigureAwait(false);
        return ([.. compared.Select(column => column.Name)], rows);
    }

    // The author's query has types of its own: what both have in common, the server says.
    private async Task<(ImmutableArray<string> Columns, ImmutableArray<ImmutableArray<object?>> Rows)> SqlAsync(
        StatementRunner runner,
        string sql,
        ImmutableArray<(string Actual, string Expected)> pairs,
        CancellationToken cancellationToken
    )
    {
        var both = await runner
            .DescribeAsync(query.Both(sql, pairs).After(comment), cancellationToken)
            .ConfigureAwait(false);
        var texts = query.Texts(sql, pairs, [.. both.Take(pairs.Length).Select(column => column.Type)]);
        var rows = await runner.QueryAsync(texts.After(comment), cancellationToken).ConfigureAwait(false);
        return ([.. pairs.Select(pair => pair.Actual)], rows);
    }

    private static ImmutableArray<(string Actual, string Expected)> Pairs(FixtureColumns known, FixedRows expected) =>
        [.. expected.Columns.Select(column => (known.Find(column.Name)!.Name, column.Name))];

    private StepOutcome Judge(ImmutableArray<string> columns, RowDifference difference)
    {
        if (difference.IsEmpty)
        {
            return new StepOutcome(NodeStatus.Pass, string.Empty)
            {
                Failures = 0,
                Final = actual,
                Diagnostics = warnings,
            };
        }

        // dbt's words, and its number: a unit test is one failure, however many rows differ.
        var message = $"actual differs from expected:\n\n{DifferenceTable.Write(columns, difference)}";
        return new StepOutcome(NodeStatus.Fail, message)
        {
            Failures = 1,
            Final = actual,
            Diagnostics = [.. warnings, UnitTestDiagnostics.Failed(step.Test.Span, step.Title, message)],
        };
    }
}
