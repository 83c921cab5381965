using System.Collections.Immutable;
using Analytics.Compiler.Diagnostics;
using Analytics.Compiler.Rendering;
using Analytics.Compiler.Resolving.Nodes;
using Analytics.Deployment.Planning.Incremental;
using Analytics.Deployment.Planning.Snapshots;
using Analytics.Deployment.Planning.Steps;

namespace Analytics.Deployment.Applying.Building.Materializing;

/// <summary>Builds the first versions of a snapshot, or stores what changed since the last and shows the table as it will be.</summary>
internal sealed class SnapshotBuilder(StepSession session)
{
    public Task<StepOutcome> BuildAsync(BuildSnapshot step) =>
        session.RenderedAsync(step, incremental: false, sql => BuildAsync(step, sql));

    public Task<StepOutcome> BuildAsync(BuildSnapshotDelta step) =>
        session.RenderedAsync(step, incremental: false, sql => BuildAsync(step, sql));

    private async Task<StepOutcome> BuildAsync(BuildSnapshot step, NodeSql sql)
    {
        var statements = new SnapshotStatements(step.Snapshot.Settings);
        var create = Statement.Around(
            $"create {TableStatements.Persistence(step.Snapshot)}table {step.Staged.ToSql()} as\n{statements.FirstPrefix}",
            sql.Staged,
            SnapshotStatements.FirstSuffix
        );
        var rows = await session
            .RunAsync(step, [create, .. TableStatements.Finish(step.Snapshot, step.Staged)])
            .ConfigureAwait(false);
        var columns = await session.ColumnsAsync(step.Staged).ConfigureAwait(false);
        return SnapshotColumns.MissingCheckColumn(step.Snapshot, columns) is { } missing
            ? sql.Refused(missing)
            : sql.Built(rows[0]);
    }

    private async Task<StepOutcome> BuildAsync(BuildSnapshotDelta step, NodeSql sql)
    {
        var statements = new SnapshotStatements(step.Snapshot.Settings);
        var create = Statement.Around($"create unlogged table {step.Source.ToSql()} as (\n", sql.Staged, "\n)");
        await session.RunAsync(step, create, TableStatements.Analyze(step.Source)).ConfigureAwait(false);
        var source = await session.ColumnsAsync(step.Source).ConfigureAwait(false);
        if (SnapshotColumns.MissingCheckColumn(step.Snapshot, source) is { } missing)
        {
            return sql.Refused(missing);
        }

        var changes = statements.Changes(step.Live.Name, step.Live.Columns, step.Source, source);
        var rows = await session
            .RunAsync(step, new Statement($"create unlogged table {step.Delta.ToSql()} as\n{changes}"))
            .ConfigureAwait(false);
        var columns = await session.ColumnsAsync(step.Delta).ConfigureAwait(false);

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
            return sql.Refused(DeploymentDiagnostics.SchemaChange(step.Snapshot.Span, step.Snapshot.Name, refusal!));
        }

        var overlay = statements.Overlay(step.Live.Name, step.Delta, change);
        await session
            .RunAsync(step, new Statement($"create view {step.Staged.ToSql()} as\n{overlay}"))
            .ConfigureAwait(false);
        return sql.Built(rows[0]) with { Change = change };
    }
}
