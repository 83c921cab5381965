using System.Collections.Immutable;
using Analytics.Compiler.Resolving;
using Analytics.Deployment.Applying.Building;
using Analytics.Deployment.Planning.Catalog;
using Analytics.Deployment.Planning.Incremental;
using Analytics.Deployment.Planning.Snapshots;
using Analytics.Deployment.Planning.Sql;
using Analytics.Deployment.Planning.Steps;

namespace Analytics.Deployment.Applying.CuttingOver;

/// <summary>Writes the statements of each step of the cut-over.</summary>
/// <param name="outcomes">What building the nodes gave, by unique id.</param>
internal sealed class CutOverWork(ImmutableDictionary<string, StepOutcome> outcomes) : ICutOverStepVisitor<StepWork>
{
    public StepWork Visit(MoveTable step)
    {
        var statements = new List<string>();

        // An old view or materialized view is gone by now, with all views that read what is replaced.
        if (step.Old is { Kind: RelationKind.Table } old)
        {
            statements.Add($"drop {old.Kind.Sql()} {old.Name.ToSql()}");
        }

        var schema = RelationName.Quote(step.Node.Relation.Schema);
        statements.Add($"alter table {step.Staged.ToSql()} set schema {schema}");
        return StepWork.WithLocks(statements, disturbsViews: true) with
        {
            Keys = [.. outcomes[step.Node.UniqueId].Keys.Select(key => new Statement(key))],
        };
    }

    public StepWork Visit(CreateView step)
    {
        // "or replace" keeps the view as an object, with all that others granted on it, said of it and built on it.
        var create = Statement.Around(
            $"create {(CanStay(step) ? "or replace " : string.Empty)}view {step.Model.Relation.ToSql()} as (\n",
            outcomes[step.Model.UniqueId].View ?? outcomes[step.Model.UniqueId].Final!,
            "\n)"
        );
        return step.Old is { Kind: RelationKind.Table } old
            ? new StepWork([], [new Statement($"drop {old.Kind.Sql()} {old.Name.ToSql()}"), create], true)
            : new StepWork([], [create], true);
    }

    public StepWork Visit(CreateMaterializedView step)
    {
        var model = step.Build.Model;
        var create = Statement.Around(
            $"create materialized view {model.Relation.ToSql()} as (\n",
            outcomes[model.UniqueId].Final!,
            "\n)"
        );
        var indexes = IndexStatements.For(model, model.Relation).Select(index => new Statement(index));
        return step.Old is { Kind: RelationKind.Table } old
            ? new StepWork([], [new Statement($"drop {old.Kind.Sql()} {old.Name.ToSql()}"), create, .. indexes], true)
            : new StepWork([], [create, .. indexes], true);
    }

    // What it reads is merged before it; readers go on where it can be done concurrently.
    public StepWork Visit(RefreshMaterializedView step) =>
        StepWork.WithLocks(
            [
                $"refresh materialized view {(step.Concurrently ? "concurrently " : string.Empty)}{step.Live.Name.ToSql()}",
            ],
            disturbsViews: false
        );

    public StepWork Visit(MergeDelta step)
    {
        var build = step.Build;
        var outcome = outcomes[build.Model.UniqueId];
        var change = outcome.Change!;
        var table = build.Live.Name;
        var rows =
            outcome.Rows > 0 ? IncrementalStatements.Apply(table, build.Delta, build.Model.Incremental!, change) : [];

        return Merge(table, change, rows);
    }

    public StepWork Visit(MergeSnapshot step)
    {
        var build = step.Build;
        var outcome = outcomes[build.Snapshot.UniqueId];
        var change = outcome.Change!;
        var table = build.Live.Name;
        var statements = new SnapshotStatements(build.Snapshot.Settings);
        IEnumerable<string> rows =
            outcome.Rows > 0
                ? [statements.Close(table, build.Delta), SnapshotStatements.Open(table, build.Delta, change.Written)]
                : [];
        return Merge(table, change, rows);
    }

    /// <summary>Whether a step gives a view another query, and the view may stay.</summary>
    public static bool CanStay(CutOverStep step) => step is CreateView { Old.Kind: RelationKind.View };

    private static StepWork Merge(RelationName table, SchemaChange change, IEnumerable<string> rows) =>
        change.IsEmpty
            ? StepWork.WithoutLocks(rows)
            : StepWork.WithLocks(IncrementalStatements.Alter(table, change).Concat(rows), change.DisturbsViews);
}
