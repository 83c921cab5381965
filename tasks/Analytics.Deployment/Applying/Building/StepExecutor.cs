using System.Collections.Immutable;
using System.Globalization;
using Analytics.Compiler.Diagnostics;
using Analytics.Compiler.Loading.Seeds;
using Analytics.Compiler.Rendering;
using Analytics.Compiler.Resolving;
using Analytics.Compiler.Resolving.Nodes;
using Analytics.Deployment.Applying.Hooks;
using Analytics.Deployment.Planning.Incremental;
using Analytics.Deployment.Planning.Snapshots;
using Analytics.Deployment.Planning.Sql;
using Analytics.Deployment.Planning.Steps;
using Analytics.Deployment.Reporting;
using Analytics.Deployment.Testing;

namespace Analytics.Deployment.Applying.Building;

/// <summary>Executes one step at a time over one worker's connection.</summary>
internal sealed class StepExecutor(RunContext context, StatementRunner runner, CancellationToken cancellationToken)
    : INodeStepVisitor<Task<StepOutcome>>
{
    private readonly StepRenderer renderer = new(context, runner.Connection);
    private readonly NodeHooks hooks = new(context, runner, cancellationToken);

    public Task<StepOutcome> Visit(BuildView step) => RenderedAsync(step, incremental: false, BuildAsync);

    private async Task<StepOutcome> BuildAsync(
        BuildView step,
        RenderedSql staged,
        RenderedSql final,
        ImmutableArray<Diagnostic> diagnostics
    )
    {
        var statement = Statement.Around($"create view {step.Staged.ToSql()} as (\n", staged, "\n)");
        await RunAsync(step, [statement]).ConfigureAwait(false);
        return new StepOutcome(NodeStatus.Success, "created") { Final = final, Diagnostics = diagnostics };
    }

    public Task<StepOutcome> Visit(BuildTable step) => BatchesAsync(step, step.Model, incremental: false, BuildAsync);

    private async Task<StepOutcome> BuildAsync(
        BuildTable step,
        RenderedSql staged,
        RenderedSql final,
        ImmutableArray<RenderedSql> batches,
        ImmutableArray<Diagnostic> diagnostics
    )
    {
        var create = Statement.Around(
            $"create {Persistence(step.Model)}table {step.Staged.ToSql()} as (\n",
            staged,
            "\n)"
        );
        if (batches.IsEmpty)
        {
            var made = await RunAsync(step, [create, .. Finish(step.Model, step.Staged)]).ConfigureAwait(false);
            return Built(made[0], final, diagnostics);
        }

        var rows = await RunAsync(step, [create]).ConfigureAwait(false);
        var more = await MergeAsync(step, step.Model, step.Staged, batches).ConfigureAwait(false);
        await RunAsync(step, [.. Finish(step.Model, step.Staged)]).ConfigureAwait(false);
        return Built(rows[0] + more, final, diagnostics);
    }

    public Task<StepOutcome> Visit(BuildMaterializedView step) => RenderedAsync(step, incremental: false, BuildAsync);

    private async Task<StepOutcome> BuildAsync(
        BuildMaterializedView step,
        RenderedSql staged,
        RenderedSql final,
        ImmutableArray<Diagnostic> diagnostics
    )
    {
        // With its indexes: a key that is not unique is found here, and not in the cut-over.
        var create = Statement.Around($"create unlogged table {step.Staged.ToSql()} as (\n", staged, "\n)");
        var rows = await RunAsync(step, [create, .. Finish(step.Model, step.Staged)]).ConfigureAwait(false);
        return Built(rows[0], final, diagnostics);
    }

    // Each batch after the first, into what is there of the new rows; in the cut-over they are merged as one.
    private async Task<long> MergeAsync(
        NodeStep step,
        ModelNode model,
        RelationName table,
        ImmutableArray<RenderedSql> batches
    )
    {
        var columns = await runner.ColumnsAsync(table, cancellationToken).ConfigureAwait(false);
        var (prefix, suffix) = MergeStatements.Around(table, model.Incremental!, columns);
        var rows = 0L;
        foreach (var batch in batches)
        {
            var merge = Statement.Around($"{prefix}(\n", batch, $"\n){suffix}");
            rows += (await RunAsync(step, [merge]).ConfigureAwait(false))[0];
        }

        return rows;
    }

    public Task<StepOutcome> Visit(BuildDelta step) => BatchesAsync(step, step.Model, incremental: true, BuildAsync);

    private async Task<StepOutcome> BuildAsync(
        BuildDelta step,
        RenderedSql staged,
        RenderedSql final,
        ImmutableArray<RenderedSql> batches,
        ImmutableArray<Diagnostic> diagnostics
    )
    {
        // Unlogged: it is read once more, in the cut-over, and a crash before that leaves nothing to keep.
        var create = Statement.Around($"create unlogged table {step.Delta.ToSql()} as (\n", staged, "\n)");
        var rows = (await RunAsync(step, [create]).ConfigureAwait(false))[0];
        if (!batches.IsEmpty)
        {
            rows += await MergeAsync(step, step.Model, step.Delta, batches).ConfigureAwait(false);
        }

        await RunAsync(step, [Analyze(step.Delta)]).ConfigureAwait(false);
        var columns = await runner.ColumnsAsync(step.Delta, cancellationToken).ConfigureAwait(false);
        var settings = step.Model.Incremental!;
        var (change, refusal) = SchemaChange.Compare(settings.OnSchemaChange, step.Live.Columns, columns);
        if (change is null)
        {
            var refused = DeploymentDiagnostics.SchemaChange(step.Model.Span, step.Model.Name, refusal!);
            return StepOutcome.Failed([.. diagnostics, refused]) with { Final = final };
        }

        var checks = IncrementalStatements.Checks(step.Live.Name, step.Delta, settings, change);
        await RunAsync(step, [.. checks.Select(check => new Statement(check))]).ConfigureAwait(false);

        var overlay = IncrementalStatements.Overlay(step.Live.Name, step.Delta, settings, change);
        await RunAsync(step, [new Statement($"create view {step.Staged.ToSql()} as\n{overlay}")]).ConfigureAwait(false);
        return Built(rows, final, diagnostics) with { Change = change };
    }

    public async Task<StepOutcome> Visit(LoadSeed step)
    {
        var (seed, diagnostics) = SeedReader.Read(step.Seed.Resource, step.Seed.Settings);
        if (seed is null)
        {
            return StepOutcome.Failed(diagnostics);
        }

        return await hooks.AroundAsync(step, () => BuildAsync(step, seed, diagnostics)).ConfigureAwait(false);
    }

    private async Task<StepOutcome> BuildAsync(LoadSeed step, SeedTable seed, ImmutableArray<Diagnostic> diagnostics)
    {
        await RunAsync(step, [new Statement(SeedLoader.CreateTable(seed, step.Staged))]).ConfigureAwait(false);
        await SeedLoader.CopyAsync(runner, seed, step.Staged, cancellationToken).ConfigureAwait(false);
        await RunAsync(step, [.. Finish(step.Seed, step.Staged)]).ConfigureAwait(false);
        return Built(seed.Rows.Length, null, diagnostics);
    }

    public Task<StepOutcome> Visit(BuildSnapshot step) => RenderedAsync(step, incremental: false, BuildAsync);

    private async Task<StepOutcome> BuildAsync(
        BuildSnapshot step,
        RenderedSql staged,
        RenderedSql final,
        ImmutableArray<Diagnostic> diagnostics
    )
    {
        var statements = new SnapshotStatements(step.Snapshot.Settings);
        var create = Statement.Around(
            $"create {Persistence(step.Snapshot)}table {step.Staged.ToSql()} as\n{statements.FirstPrefix}",
            staged,
            SnapshotStatements.FirstSuffix
        );
        var rows = await RunAsync(step, [create, .. Finish(step.Snapshot, step.Staged)]).ConfigureAwait(false);
        var columns = await runner.ColumnsAsync(step.Staged, cancellationToken).ConfigureAwait(false);
        return SnapshotColumns.MissingCheckColumn(step.Snapshot, columns) is { } missing
            ? StepOutcome.Failed([.. diagnostics, missing]) with
            {
                Final = final,
            }
            : Built(rows[0], final, diagnostics);
    }

    public Task<StepOutcome> Visit(BuildSnapshotDelta step) => RenderedAsync(step, incremental: false, BuildAsync);

    private async Task<StepOutcome> BuildAsync(
        BuildSnapshotDelta step,
        RenderedSql staged,
        RenderedSql final,
        ImmutableArray<Diagnostic> diagnostics
    )
    {
        var statements = new SnapshotStatements(step.Snapshot.Settings);
        var create = Statement.Around($"create unlogged table {step.Source.ToSql()} as (\n", staged, "\n)");
        await RunAsync(step, [create, Analyze(step.Source)]).ConfigureAwait(false);
        var source = await runner.ColumnsAsync(step.Source, cancellationToken).ConfigureAwait(false);
        if (SnapshotColumns.MissingCheckColumn(step.Snapshot, source) is { } missing)
        {
            return StepOutcome.Failed([.. diagnostics, missing]) with { Final = final };
        }

        var changes = statements.Changes(step.Live.Name, step.Live.Columns, step.Source, source);
        var rows = await RunAsync(step, [new Statement($"create unlogged table {step.Delta.ToSql()} as\n{changes}")])
            .ConfigureAwait(false);
        var columns = await runner.ColumnsAsync(step.Delta, cancellationToken).ConfigureAwait(false);

        // The types of new columns are those of the query: in the changes, NULLs of a union stand beside them.
        ImmutableArray<WarehouseColumn> written =
        [
            .. columns
                .Where(column => column.Name != SnapshotColumns.ChangeType)
                .Select(column => source.FirstOrDefault(other => other.Name == column.Name) ?? column),
        ];
        var (change, refusal) = SchemaChange.Compare(OnSchemaChange.AppendNewColumns, step.Live.Columns, written);
        if (change is null)
        {
            var refused = DeploymentDiagnostics.SchemaChange(step.Snapshot.Span, step.Snapshot.Name, refusal!);
            return StepOutcome.Failed([.. diagnostics, refused]) with { Final = final };
        }

        var overlay = statements.Overlay(step.Live.Name, step.Delta, change);
        await RunAsync(step, [new Statement($"create view {step.Staged.ToSql()} as\n{overlay}")]).ConfigureAwait(false);
        return Built(rows[0], final, diagnostics) with { Change = change };
    }

    public Task<StepOutcome> Visit(RunTest step) =>
        new DataTestRunner(runner, cancellationToken).RunAsync(
            step,
            Render(step, incremental: false),
            CommentFor(step)
        );

    private async Task<StepOutcome> BatchesAsync<T>(
        T step,
        ModelNode model,
        bool incremental,
        Func<
            T,
            RenderedSql,
            RenderedSql,
            ImmutableArray<RenderedSql>,
            ImmutableArray<Diagnostic>,
            Task<StepOutcome>
        > build
    )
        where T : NodeStep
    {
        if (model.Incremental?.Batches is null)
        {
            return await RenderedAsync(
                    step,
                    incremental,
                    (same, staged, final, found) => build(same, staged, final, [], found)
                )
                .ConfigureAwait(false);
        }

        var rendered = renderer.RenderBatches(model, incremental, cancellationToken);
        if (rendered[^1] is not { Staged: not null, Final: not null })
        {
            return StepOutcome.Failed(rendered[^1].Diagnostics);
        }

        ImmutableArray<RenderedSql> later = [.. rendered.Skip(1).Select(batch => batch.Staged!)];
        return await hooks
            .AroundAsync(
                step,
                () => build(step, rendered[0].Staged!, rendered[0].Final!, later, rendered[0].Diagnostics)
            )
            .ConfigureAwait(false);
    }

    // As dbt does: the SQL is rendered before the hooks run.
    private async Task<StepOutcome> RenderedAsync<T>(
        T step,
        bool incremental,
        Func<T, RenderedSql, RenderedSql, ImmutableArray<Diagnostic>, Task<StepOutcome>> build
    )
        where T : NodeStep
    {
        var rendered = Render(step, incremental);
        return rendered is { Staged: { } staged, Final: { } final }
            ? await hooks
                .AroundAsync(step, () => build(step, staged, final, rendered.Diagnostics))
                .ConfigureAwait(false)
            : StepOutcome.Failed(rendered.Diagnostics);
    }

    private static StepOutcome Built(long rows, RenderedSql? final, ImmutableArray<Diagnostic> diagnostics) =>
        new(NodeStatus.Success, rows.ToString("N0", CultureInfo.InvariantCulture) + (rows == 1 ? " row" : " rows"))
        {
            Rows = rows,
            Final = final,
            Diagnostics = diagnostics,
        };

    private static IEnumerable<Statement> Finish(RelationNode node, RelationName table) =>
        IndexStatements.For(node, table).Select(index => new Statement(index)).Append(Analyze(table));

    private static string Persistence(RelationNode node) =>
        node.Config.Flag("unlogged") == true ? "unlogged " : string.Empty;

    private static Statement Analyze(RelationName table) => new($"analyze {SqlText.Local(table)}");

    private Renderings Render(NodeStep step, bool incremental) =>
        renderer.Render(step.Node, incremental, cancellationToken);

    private Task<ImmutableArray<long>> RunAsync(NodeStep step, ImmutableArray<Statement> statements)
    {
        var comment = CommentFor(step);
        return runner.ExecuteAsync([.. statements.Select(statement => statement.After(comment))], cancellationToken);
    }

    private string CommentFor(NodeStep step) => QueryComment.For(context.Plan.Target, step.Node.UniqueId);
}
