using System.Globalization;
using System.Text;
using Analytics.Deployment.Planning.Catalog;
using Analytics.Deployment.Planning.Describing;
using Analytics.Deployment.Planning.Steps;

namespace Analytics.Deployment.Planning;

/// <summary>Writes a plan for people to read: every step in order, what it waits for, and what the cut-over does.</summary>
internal sealed class PlanPrinter : INodeStepVisitor<string>, ICutOverStepVisitor<string>
{
    private PlanPrinter() { }

    /// <summary>The plan as lines, each ended by a line feed.</summary>
    public static string Print(DeploymentPlan plan)
    {
        var printer = new PlanPrinter();
        var text = new StringBuilder();
        Line(text, $"publish to target {plan.Target}, database {plan.Database}");
        foreach (var schema in plan.MissingSchemas)
        {
            Line(text, $"create schema {schema}");
        }

        foreach (var node in plan.Reused)
        {
            Line(text, $"keep {node.ObjectName}: it is what it would be");
        }

        foreach (var (id, relation) in plan.Deferred.OrderBy(entry => entry.Key, StringComparer.Ordinal))
        {
            Line(text, $"read {relation} for {id}: it is not selected");
        }

        Line(text, $"build in {string.Join(", ", plan.StagingSchemas)}");
        for (var i = 0; i < plan.Steps.Length; i++)
        {
            var (step, after, _) = plan.Steps[i];
            var waits = after.IsEmpty
                ? string.Empty
                : $", after {string.Join(", ", after.Select(index => (index + 1).ToString(CultureInfo.InvariantCulture)))}";
            Line(text, FormattableString.Invariant($"{i + 1, 4}  {step.Accept(printer)}{waits}"));
        }

        Line(text, plan.EachNode ? "cut over each as soon as it is built" : "cut over in one transaction");
        foreach (var step in plan.CutOver)
        {
            Line(text, $"      {step.Accept(printer)}{Effects(PlannedChanges.Of(plan, step))}");
        }

        foreach (var function in plan.Functions)
        {
            Line(text, $"      {(function.Made is null ? "create" : "replace")} function {function.Title}");
        }

        foreach (var view in plan.CarriedOver)
        {
            Line(
                text,
                $"      drop {view.Kind.Sql()} {view.Name} and create it again: it reads {string.Join(", ", view.Reads)}"
            );
        }

        foreach (var pruned in plan.Pruned)
        {
            Line(
                text,
                $"      drop {pruned.Kind.Sql()} {pruned.Name}: the project does not have it any more (destructive)"
            );
        }

        foreach (var pruned in plan.PrunedFunctions)
        {
            Line(text, $"      drop function {pruned.Signature}: the project does not have it any more (destructive)");
        }

        return text.ToString();
    }

    public string Visit(BuildView step) => $"create view {step.Staged}";

    public string Visit(RenderView step) => $"render view {step.Title}: nothing here reads it before the cut-over";

    public string Visit(BuildTable step) => $"create table {step.Staged}";

    public string Visit(BuildMaterializedView step) => $"store the rows of {step.Title} in {step.Staged}";

    public string Visit(MakeRelation step) =>
        $"make {step.Staged} by the macro {step.Model.Maker!.Package}.{step.Model.Maker.Name}{(step.KeepsOld ? ", on a copy of what is live" : string.Empty)}";

    public string Visit(BuildDelta step) => $"store new rows of {step.Title} in {step.Delta}";

    public string Visit(LoadSeed step) => $"load {step.Seed.Resource.File.Path} into {step.Staged}";

    public string Visit(BuildSnapshot step) => $"create table {step.Staged} with a first version of each row";

    public string Visit(BuildSnapshotDelta step) => $"store changes of {step.Title} in {step.Delta}";

    public string Visit(BuildFunction step) => $"create function {step.Staged}";

    public string Visit(RunTest step) =>
        step.Test.FailingRows is { } kept
            ? $"test {step.Title} and keep what it finds in {kept}{Instead(step.OldRows)}"
            : $"test {step.Title}";

    public string Visit(RunUnitTest step) => $"unit test {step.Title}";

    public string Visit(MoveTable step) => $"move {step.Staged} to {step.Node.Relation}{Instead(step.Old)}";

    public string Visit(CreateView step) => $"create view {step.Model.Relation}{Instead(step.Old)}";

    public string Visit(CreateMaterializedView step) =>
        $"create materialized view {step.Node.Relation}{Instead(step.Old)}";

    public string Visit(RefreshMaterializedView step) =>
        $"refresh materialized view {(step.Concurrently ? "concurrently " : string.Empty)}{step.Node.Relation}";

    public string Visit(MergeDelta step) => $"merge {step.Build.Delta} into {step.Build.Model.Relation}";

    public string Visit(MergeSnapshot step) => $"merge {step.Build.Delta} into {step.Build.Snapshot.Relation}";

    // How readers and rows are touched; nothing where nothing is there.
    private static string Effects(PlannedChange change)
    {
        var grants = change.Grants.IsEmpty ? "" : $"; grants {string.Join(", ", change.Grants)}";
        var destroys = change.Destroys is { } why ? $"; destructive: {why}" : "";
        return change.Lock.Length == 0 ? grants : $" (lock: {change.Lock}{change.Estimate}{grants}{destroys})";
    }

    private static string Instead(CatalogRelation? old) =>
        old is null ? string.Empty : $" in place of {old.Kind.WithArticle()}";

    private static void Line(StringBuilder text, string line) => text.Append(line).Append('\n');
}
