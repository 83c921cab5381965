using System.Collections.Immutable;
using Analytics.Compiler.Diagnostics;
using Analytics.Compiler.Rendering;
using Analytics.Compiler.Rendering.UnitTesting;
using Analytics.Compiler.Resolving.Nodes;
using Analytics.Deployment.Applying;
using Analytics.Deployment.Applying.Building;
using Analytics.Deployment.Applying.Hooks;
using Analytics.Deployment.Planning.Steps;

namespace Analytics.Deployment.Testing.Units;

/// <summary>Runs one unit test: renders the model over the test's rows, and has the result compared.</summary>
/// <param name="context">What the publish shares.</param>
/// <param name="runner">The connection.</param>
/// <param name="cancellationToken">Ends it.</param>
internal sealed class UnitTestRunner(RunContext context, StatementRunner runner, CancellationToken cancellationToken)
{
    private readonly InputColumns columns = new(context, runner, cancellationToken);

    /// <summary>Runs it.</summary>
    /// <exception cref="StatementException">The server refused a statement.</exception>
    /// <exception cref="HookException">The model's <c>sql_header</c> failed.</exception>
    public async Task<StepOutcome> RunAsync(RunUnitTest step)
    {
        var comment = QueryComment.For(context.Project, step.Test);
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
        if (rendered.Sql is not { } actual)
        {
            return StepOutcome.Failed(rendered.Diagnostics);
        }

        var comparison = new UnitTestComparison(step, actual, comment, rendered.Diagnostics);
        return await WithHeaderAsync(step.Model, () => comparison.RunAsync(runner, cancellationToken))
            .ConfigureAwait(false);
    }

    // What the model does not read at all need not even exist, and may be downstream of it.
    private static bool IsRead(ModelNode model, ResolvedInput input) =>
        input.Node is null || model.DependsOn.Contains(input.Node);

    // What it declares, a function for example, is there for the query and for nobody else.
    private async Task<StepOutcome> WithHeaderAsync(ModelNode model, Func<Task<StepOutcome>> compare)
    {
        ImmutableArray<NodeHook> header = [.. model.PreHooks.Where(hook => hook.IsHeader)];
        if (header.IsEmpty)
        {
            return await compare().ConfigureAwait(false);
        }

        await runner.ExecuteAsync("begin", cancellationToken).ConfigureAwait(false);
        try
        {
            await new HookRunner(context, runner)
                .RunAsync(model, header, inTransaction: true, false, NameTranslation.None, cancellationToken)
                .ConfigureAwait(false);
            return await compare().ConfigureAwait(false);
        }
        finally
        {
            if (runner.Connection.FullState.HasFlag(System.Data.ConnectionState.Open))
            {
                await runner.ExecuteAsync("rollback", CancellationToken.None).ConfigureAwait(false);
            }
        }
    }

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
        wrong.AddRange(known.Unknown(input.Rows, $"'{node.Name}'"));
        return new FixtureSql(input.Rows).Of([
            .. known.Columns,
            .. input
                .Rows.Columns.Where(column => known.Find(column.Name) is null)
                .Select(column => new FixtureColumn(column.Name, null)),
        ]);
    }
}
