using Analytics.Compiler.Resolving;
using Analytics.Compiler.Resolving.Nodes;
using Analytics.Deployment.Planning.Catalog;

namespace Analytics.Deployment.Planning.Steps;

/// <summary>Work on one node beside the live warehouse: nothing a reader sees changes.</summary>
/// <param name="Node">The node.</param>
internal abstract record NodeStep(GraphNode Node)
{
    /// <summary>What is made: <c>view</c>, <c>table</c>, <c>incremental</c>, <c>materialized_view</c>, <c>seed</c>, <c>snapshot</c>, <c>function</c>, <c>test</c>, <c>unit_test</c>.</summary>
    public abstract string Kind { get; }

    /// <summary>The relation for people, or the test's name.</summary>
    public virtual string Title => Node.ObjectName?.ToString() ?? Node.Name;

    /// <summary>Gives the step to the visitor's method for its type.</summary>
    public abstract T Accept<T>(INodeStepVisitor<T> visitor);
}

/// <summary>Does something for each kind of <see cref="NodeStep"/>. No method has a default: a new kind breaks every visitor's build.</summary>
internal interface INodeStepVisitor<out T>
{
    public T Visit(BuildView step);

    public T Visit(RenderView step);

    public T Visit(BuildTable step);

    public T Visit(BuildMaterializedView step);

    public T Visit(MakeRelation step);

    public T Visit(BuildDelta step);

    public T Visit(LoadSeed step);

    public T Visit(BuildSnapshot step);

    public T Visit(BuildSnapshotDelta step);

    public T Visit(BuildFunction step);

    public T Visit(RunTest step);

    public T Visit(RunUnitTest step);
}

/// <summary>Creates a view in the staging schema.</summary>
internal sealed record BuildView(ModelNode Model, RelationName Staged) : NodeStep(Model)
{
    public override string Kind => "view";

    public override T Accept<T>(INodeStepVisitor<T> visitor) => visitor.Visit(this);
}

/// <summary>
/// Only renders a view that nothing reads while the publish is not cut over: it is made in the cut-over, and nowhere before.
/// </summary>
/// <param name="Model">The model.</param>
/// <param name="Staged">Where it would be built beside the live one, to find out what is wrong with it.</param>
internal sealed record RenderView(ModelNode Model, RelationName Staged) : NodeStep(Model)
{
    public override string Kind => "view";

    public override T Accept<T>(INodeStepVisitor<T> visitor) => visitor.Visit(this);
}

/// <summary>Creates a function in the staging schema, where what is built in this publish calls it.</summary>
/// <param name="Function">The function.</param>
/// <param name="Staged">Its name there.</param>
/// <param name="Made">The object id of the function that an earlier publish made for the node and that is there still; null for none.</param>
internal sealed record BuildFunction(FunctionNode Function, RelationName Staged, uint? Made) : NodeStep(Function)
{
    public override string Kind => "function";

    public override T Accept<T>(INodeStepVisitor<T> visitor) => visitor.Visit(this);
}

/// <summary>Creates and fills a table in the staging schema: a table model, or an incremental model that is built anew.</summary>
internal sealed record BuildTable(ModelNode Model, RelationName Staged) : NodeStep(Model)
{
    public override string Kind => Model.Materialization == Materialization.Incremental ? "incremental" : "table";

    public override T Accept<T>(INodeStepVisitor<T> visitor) => visitor.Visit(this);
}

/// <summary>Has a macro make a relation in the staging schema.</summary>
/// <param name="Model">The model, which has such a macro.</param>
/// <param name="Old">What is live; null when nothing is.</param>
/// <param name="KeepsOld">Whether the macro finds a copy of the live relation under the name of the new one.</param>
/// <param name="Staged">Where it makes the relation.</param>
internal sealed record MakeRelation(ModelNode Model, CatalogRelation? Old, bool KeepsOld, RelationName Staged)
    : NodeStep(Model)
{
    public override string Kind => Model.Config.Text("materialized") ?? "view";

    /// <summary>What <c>is_incremental()</c> says in the model's SQL.</summary>
    public bool IsIncremental =>
        KeepsOld && Old is { Kind: RelationKind.Table } && Model.Config.Text("materialized") == "incremental";

    public override T Accept<T>(INodeStepVisitor<T> visitor) => visitor.Visit(this);
}

/// <summary>
/// Stores the rows that a materialized view will have in a table of the staging schema, for the tests and for what is downstream. The
/// materialized view itself reads other relations by their identity, and so it can only be made when these are live.
/// </summary>
internal sealed record BuildMaterializedView(ModelNode Model, RelationName Staged) : NodeStep(Model)
{
    public override string Kind => "materialized_view";

    public override T Accept<T>(INodeStepVisitor<T> visitor) => visitor.Visit(this);
}

/// <summary>
/// Stores the new rows of an incremental model, and creates a view in the staging schema that shows the table as it will be.
/// </summary>
/// <param name="Model">The model.</param>
/// <param name="Live">The table that will take the rows.</param>
/// <param name="Delta">Where the new rows are stored.</param>
/// <param name="Staged">The view.</param>
internal sealed record BuildDelta(ModelNode Model, CatalogRelation Live, RelationName Delta, RelationName Staged)
    : NodeStep(Model)
{
    public override string Kind => "incremental";

    public override T Accept<T>(INodeStepVisitor<T> visitor) => visitor.Visit(this);
}

/// <summary>Creates a table in the staging schema and copies the rows of a CSV file into it.</summary>
internal sealed record LoadSeed(SeedNode Seed, RelationName Staged) : NodeStep(Seed)
{
    public override string Kind => "seed";

    public override T Accept<T>(INodeStepVisitor<T> visitor) => visitor.Visit(this);
}

/// <summary>Creates a snapshot's table in the staging schema, with a first version of every row.</summary>
internal sealed record BuildSnapshot(SnapshotNode Snapshot, RelationName Staged) : NodeStep(Snapshot)
{
    public override string Kind => "snapshot";

    public override T Accept<T>(INodeStepVisitor<T> visitor) => visitor.Visit(this);
}

/// <summary>
/// Stores what changed since the last snapshot, and creates a view in the staging schema that shows the table as it will be.
/// </summary>
/// <param name="Snapshot">The snapshot.</param>
/// <param name="Live">The table that will take the changes.</param>
/// <param name="Source">Where the result of the snapshot's query is kept.</param>
/// <param name="Delta">Where the changes are stored.</param>
/// <param name="Staged">The view.</param>
internal sealed record BuildSnapshotDelta(
    SnapshotNode Snapshot,
    CatalogRelation Live,
    RelationName Source,
    RelationName Delta,
    RelationName Staged
) : NodeStep(Snapshot)
{
    public override string Kind => "snapshot";

    public override T Accept<T>(INodeStepVisitor<T> visitor) => visitor.Visit(this);
}

/// <summary>Runs a data test on the staged relations.</summary>
/// <param name="Test">The test.</param>
/// <param name="OldRows">What stands where its failing rows will be kept; null for nothing, or when they are not kept.</param>
internal sealed record RunTest(TestNode Test, CatalogRelation? OldRows) : NodeStep(Test)
{
    public override string Kind => "test";

    public override T Accept<T>(INodeStepVisitor<T> visitor) => visitor.Visit(this);
}

/// <summary>Runs a unit test, before its model is built: the model's query over the test's rows.</summary>
/// <param name="Test">The unit test.</param>
/// <param name="Model">The model it tests.</param>
internal sealed record RunUnitTest(UnitTestNode Test, ModelNode Model) : NodeStep(Test)
{
    public override string Kind => "unit_test";

    // Two models may have tests of one name.
    public override string Title => $"{Model.Name}::{Test.Name}";

    public override T Accept<T>(INodeStepVisitor<T> visitor) => visitor.Visit(this);
}
