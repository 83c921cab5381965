using Analytics.Deployment.Applying.Building.Materializing;
using Analytics.Deployment.Planning.Steps;
using Analytics.Deployment.Testing;
using Analytics.Deployment.Testing.Uniqueness;
using Analytics.Deployment.Testing.Units;

namespace Analytics.Deployment.Applying.Building;

/// <summary>Executes one step at a time over one worker's connection: gives each to the one who builds its kind.</summary>
internal sealed class StepExecutor(RunContext context, StatementRunner runner, CancellationToken cancellationToken)
    : INodeStepVisitor<Task<StepOutcome>>
{
    private readonly StepSession session = new(context, runner, cancellationToken);

    /// <summary>A test's SQL, where it was rendered before; null to render it now.</summary>
    public Renderings? Rendered { get; init; }

    public Task<StepOutcome> Visit(BuildView step) => new ViewBuilder(session).BuildAsync(step);

    public Task<StepOutcome> Visit(RenderView step) => Task.FromResult(new ViewBuilder(session).Render(step));

    public Task<StepOutcome> Visit(BuildTable step) => new TableBuilder(session).BuildAsync(step);

    public Task<StepOutcome> Visit(BuildMaterializedView step) => new TableBuilder(session).BuildAsync(step);

    public Task<StepOutcome> Visit(MakeRelation step) => new RelationMaker(context, session).BuildAsync(step);

    public Task<StepOutcome> Visit(BuildDelta step) => new DeltaBuilder(session).BuildAsync(step);

    public Task<StepOutcome> Visit(LoadSeed step) => new SeedBuilder(session).BuildAsync(step);

    public Task<StepOutcome> Visit(BuildSnapshot step) => new SnapshotBuilder(session).BuildAsync(step);

    public Task<StepOutcome> Visit(BuildSnapshotDelta step) => new SnapshotBuilder(session).BuildAsync(step);

    public Task<StepOutcome> Visit(BuildFunction step) => new FunctionBuilder(context, session).BuildAsync(step);

    public Task<StepOutcome> Visit(RunUnitTest step) =>
        new UnitTestRunner(context, runner, cancellationToken).RunAsync(step);

    public Task<StepOutcome> Visit(RunTest step) =>
        new DataTestRunner(runner, cancellationToken)
        {
            Proof = context.FuseTests ? new UniqueProof(runner, context.Deltas) : null,
        }.RunAsync(step, Rendered ?? session.Render(step, incremental: false), session.CommentFor(step));
}
