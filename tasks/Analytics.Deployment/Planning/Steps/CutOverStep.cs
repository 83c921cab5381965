using Analytics.Compiler.Resolving;
using Analytics.Compiler.Resolving.Nodes;
using Analytics.Deployment.Planning.Catalog;

namespace Analytics.Deployment.Planning.Steps;

/// <summary>Makes one node visible, inside the one transaction of the cut-over.</summary>
/// <param name="Node">The node.</param>
internal abstract record CutOverStep(RelationNode Node)
{
    /// <summary>Gives the step to the visitor's method for its type.</summary>
    public abstract T Accept<T>(ICutOverStepVisitor<T> visitor);
}

/// <summary>Does something for each kind of <see cref="CutOverStep"/>. No method has a default.</summary>
internal interface ICutOverStepVisitor<out T>
{
    public T Visit(MoveTable step);

    public T Visit(CreateView step);

    public T Visit(CreateMaterializedView step);

    public T Visit(RefreshMaterializedView step);

    public T Visit(MergeDelta step);

    public T Visit(MergeSnapshot step);
}

/// <summary>Moves a staged table to its final schema; what was there under its name is dropped.</summary>
/// <param name="Node">The node.</param>
/// <param name="Staged">The new table.</param>
/// <param name="Old">What is there now; null when nothing is.</param>
internal sealed record MoveTable(RelationNode Node, RelationName Staged, CatalogRelation? Old) : CutOverStep(Node)
{
    public override T Accept<T>(ICutOverStepVisitor<T> visitor) => visitor.Visit(this);
}

/// <summary>Creates a view under its final name, on the final names of what it reads; what was there is dropped.</summary>
/// <param name="Model">The model.</param>
/// <param name="Old">What is there now; null when nothing is.</param>
internal sealed record CreateView(ModelNode Model, CatalogRelation? Old) : CutOverStep(Model)
{
    public override T Accept<T>(ICutOverStepVisitor<T> visitor) => visitor.Visit(this);
}

/// <summary>Creates a materialized view with its indexes, on the final names of what it reads; what was there is dropped.</summary>
/// <param name="Build">The step that tried its query.</param>
/// <param name="Old">What is there now; null when nothing is.</param>
internal sealed record CreateMaterializedView(BuildMaterializedView Build, CatalogRelation? Old)
    : CutOverStep(Build.Model)
{
    public override T Accept<T>(ICutOverStepVisitor<T> visitor) => visitor.Visit(this);
}

/// <summary>Refreshes a materialized view that is what it would be, when what it reads is live.</summary>
/// <param name="Build">The step that tried its query.</param>
/// <param name="Live">The materialized view.</param>
/// <param name="Concurrently">Whether a unique index lets readers go on meanwhile.</param>
internal sealed record RefreshMaterializedView(BuildMaterializedView Build, CatalogRelation Live, bool Concurrently)
    : CutOverStep(Build.Model)
{
    public override T Accept<T>(ICutOverStepVisitor<T> visitor) => visitor.Visit(this);
}

/// <summary>Brings the new rows of an incremental model into its table.</summary>
/// <param name="Build">The step that stored them.</param>
internal sealed record MergeDelta(BuildDelta Build) : CutOverStep(Build.Model)
{
    public override T Accept<T>(ICutOverStepVisitor<T> visitor) => visitor.Visit(this);
}

/// <summary>Closes the versions of a snapshot that ended and adds the new ones.</summary>
/// <param name="Build">The step that found the changes.</param>
internal sealed record MergeSnapshot(BuildSnapshotDelta Build) : CutOverStep(Build.Snapshot)
{
    public override T Accept<T>(ICutOverStepVisitor<T> visitor) => visitor.Visit(this);
}
