using System.Collections.Immutable;
using Analytics.Compiler.Diagnostics;
using Analytics.Compiler.Rendering;
using Analytics.Compiler.Rendering.UnitTesting;
using Analytics.Compiler.Resolving.Nodes;
using Analytics.Deployment.Applying;
using Analytics.Deployment.Applying.Building;
using Analytics.Deployment.Planning.Steps;
using Analytics.Deployment.Reporting;

namespace Analytics.Deployment.Testing.Units;

/// <summary>Runs one unit test: the model's query over the test's rows, compared with the rows it expects.</summary>
/// <param name="context">What the publish shares.</param>
/// <param name="runner">The connection.</param>
/// <param name="cancellationToken">Ends it.</param>
internal sealed class UnitTestRunner(RunContext context, StatementRunner runner, CancellationToken cancellationToken)
{
    private readonly InputColumns columns = new(context, runner, cancellationToken);

    /// <summary>Runs it.</summary>
    /// <exception cref="StatementException">The server refused a statement.</exception>
    public async Task<StepOutcome> RunAsync(RunUnitTest step)
    {
        var comment = QueryComment.For(context.Plan.Target, step.Test.UniqueId);
        var wrong = ImmutableArray.CreateBuilder<Diagnostic>();
        var inputs = ImmutableArray.CreateBuilder<UnitTestInputSql>();
        foreach (var input in step.Test.Inputs.Where(input => IsRead(step.Model, input)))
        {
            var sql = input.Rows.Sql ?? await ValuesAsync(step, input, comment, wrong).ConfigureAwait(false);
            inputs.Add(new UnitTestInputSql(input.Node, sql, input.Rows.Sql is not null, input.Span));
        }

        if (wrong.Count > 0)
        {
            return StepOutcome.Failed(wrong.ToImmutable());
        }

        var rendered = context.Project.Renderer.RenderUnitTest(
            step.Test,
            inputs.ToImmutable(),
            Scope(step.Model),
            cancellationToken
        );
        return rendered.Sql is { } actual
            ? await CompareAsync(step, actual, comment, rendered.Diagnostics).ConfigureAwait(false)
            : StepOutcome.Failed(rendered.Diagnostics);
    }

    // What the model does not read at all need not even exist, and may be downstream of it.
    private static bool IsRead(ModelNode model, ResolvedInput input) =>
        input.Node is null || model.DependsOn.Contains(input.Node);

    private RenderScope Scope(ModelNode model) =>
        new(
            context.Staged,
            false,
            context.FullRefresh,
            new PostgresWarehouse(
                runner.Connection,
                canWrite: false,
                cancellationToken,
                new CatalogOverlay(context, model)
            ),
            Execute: true
        )
        {
            Selected = context.Selected,
            Say = context.Say,
        };

    private async Task<string> ValuesAsync(
        RunUnitTest step,
        ResolvedInput input,
        string comment,
        ImmutableArray<Diagnostic>.Builder wrong
    )
    {
        var node = input.Node is { } id ? (RelationNode)context.Project.Graph[id] : step.Model;
        var known = await columns.OfAsync(node, input.Node is null, comment).ConfigureAwait(false);
        wrong.AddRange(Unknown(input.Rows, known, $"'{node.Name}'"));
        var named = input.Rows.Columns.ToLookup(column => known.Find(column.Name), column => column.Name);
        return FixtureSql.Of(
            input.Rows,
            [
                .. known.Columns.Select(column => (column, named[column].LastOrDefault())),
                .. named[null].Select(name => (new FixtureColumn(name, null), (string?)name)),
            ]
        );
    }

    private async Task<StepOutcome> CompareAsync(
        RunUnitTest step,
        RenderedSql actual,
        string comment,
        ImmutableArray<Diagnostic> warnings
    )
    {
        var rows = step.Test.Expected;
        var query = new UnitTestQuery(actual);
        var given = await runner.DescribeAsync(query.Actual().After(comment), cancellationToken).ConfigureAwait(false);
        var known = new FixtureColumns([.. given.Select(column => new FixtureColumn(column.Name, column.Type))], true);
        var expected = rows.Sql is { } sql ? await WrittenAsync(step, sql, comment).ConfigureAwait(false) : rows;
        var wrong = Unknown(expected, known, "expected output").ToImmutableArray();
        if (!wrong.IsEmpty)
        {
            return StepOutcome.Failed([.. warnings, .. wrong]) with { Final = actual };
        }

        // A test says which columns it is about by its rows; without rows it is about all.
        var compared = expected.Columns.IsEmpty
            ? [.. known.Columns.Select(column => (Column: column, Written: column.Name))]
            : expected.Columns.Select(column => (Column: known.Find(column.Name)!, Written: column.Name)).ToList();
        var isSql = rows.Sql is not null;
        var expectedSql =
            rows.Sql ?? FixtureSql.Of(rows, [.. compared.Select(column => (column.Column, (string?)column.Written))]);
        var names = compared
            .Select(column => (column.Column.Name, isSql ? column.Written : column.Column.Name))
            .ToImmutableArray();
        var types = isSql
            ? await runner
                .DescribeAsync(query.Both(expectedSql, names).After(comment), cancellationToken)
                .ConfigureAwait(false)
            : [.. compared.Select(column => new WarehouseColumn(column.Column.Name, column.Column.Type!))];
        var found = await runner
            .QueryAsync(
                query
                    .Texts(expectedSql, names, [.. types.Take(names.Length).Select(column => column.Type)])
                    .After(comment),
                cancellationToken
            )
            .ConfigureAwait(false);
        var difference = RowDifference.Of(found);
        if (difference.IsEmpty)
        {
            return new StepOutcome(NodeStatus.Pass, string.Empty)
            {
                Failures = 0,
                Final = actual,
                Diagnostics = warnings,
            };
        }

        var table = DifferenceTable.Write([.. names.Select(name => name.Name)], difference);
        var message = $"actual differs from expected:\n\n{table}";
        return new StepOutcome(NodeStatus.Fail, message)
        {
            Failures = 1,
            Final = actual,
            Diagnostics = [.. warnings, UnitTestDiagnostics.Failed(step.Test.Span, step.Title, message)],
        };
    }

    private async Task<FixedRows> WrittenAsync(RunUnitTest step, string sql, string comment)
    {
        var described = await runner
            .DescribeAsync(new Statement(comment + sql), cancellationToken)
            .ConfigureAwait(false);
        return new FixedRows(sql, []) { Columns = [.. described.Select(column => (column.Name, step.Test.Span))] };
    }

    private static IEnumerable<Diagnostic> Unknown(FixedRows rows, FixtureColumns known, string fixture) =>
        known.AreAll
            ? rows
                .Columns.Where(column => known.Find(column.Name) is null)
                .Select(column =>
                    UnitTestDiagnostics.UnknownColumn(
                        column.Span,
                        column.Name,
                        fixture,
                        [.. known.Columns.Select(each => each.Name)]
                    )
                )
            : [];
}
