using System.Collections.Immutable;
using Analytics.Compiler.Rendering;
using Analytics.Compiler.Resolving;
using Analytics.Compiler.Resolving.Nodes;
using Analytics.Deployment.Applying.Hooks;
using Analytics.Deployment.Planning.Steps;

namespace Analytics.Deployment.Applying.Building.Materializing;

/// <summary>What the builder of any kind of node needs: the rendered template between the node's hooks, and a worker's connection.</summary>
internal sealed class StepSession(RunContext context, StatementRunner runner, CancellationToken cancellationToken)
{
    private readonly StepRenderer renderer = new(context, runner.Connection);
    private readonly NodeHooks hooks = new(context, runner, cancellationToken);

    /// <summary>Writes the tables of models with contracts.</summary>
    public ContractedTable Contracted { get; } = new(context, cancellationToken);

    /// <summary>The worker's connection.</summary>
    public StatementRunner Runner => runner;

    /// <summary>Ends the work.</summary>
    public CancellationToken CancellationToken => cancellationToken;

    /// <summary>Renders a node's template, then builds the node between its hooks: as dbt does, in this order.</summary>
    public async Task<StepOutcome> RenderedAsync(
        NodeStep step,
        bool incremental,
        Func<NodeSql, Task<StepOutcome>> build
    )
    {
        var rendered = Render(step, incremental);
        return rendered is { Staged: { } staged, Final: { } final }
            ? await AroundAsync(step, () => build(new NodeSql(staged, final, [], rendered.Diagnostics)))
                .ConfigureAwait(false)
            : StepOutcome.Failed(rendered.Diagnostics);
    }

    /// <summary>The same for a model that may be built in batches.</summary>
    public async Task<StepOutcome> BatchesAsync(
        NodeStep step,
        ModelNode model,
        bool incremental,
        Func<NodeSql, Task<StepOutcome>> build
    )
    {
        if (model.Incremental?.Batches is null)
        {
            return await RenderedAsync(step, incremental, build).ConfigureAwait(false);
        }

        var rendered = renderer.RenderBatches(model, incremental, cancellationToken);
        if (rendered[^1] is not { Staged: not null, Final: not null })
        {
            return StepOutcome.Failed(rendered[^1].Diagnostics);
        }

        ImmutableArray<RenderedSql> later = [.. rendered.Skip(1).Select(batch => batch.Staged!)];
        var sql = new NodeSql(rendered[0].Staged!, rendered[0].Final!, later, rendered[0].Diagnostics);
        return await AroundAsync(step, () => build(sql)).ConfigureAwait(false);
    }

    /// <summary>Builds a node between its hooks.</summary>
    public Task<StepOutcome> AroundAsync(NodeStep step, Func<Task<StepOutcome>> build) =>
        hooks.AroundAsync(step, build);

    /// <summary>Renders a node's template.</summary>
    public Renderings Render(NodeStep step, bool incremental) =>
        renderer.Render(step.Node, incremental, cancellationToken);

    /// <summary>Renders a template that asks no database, on final names only.</summary>
    public RenderResult RenderFinal(NodeStep step) => renderer.RenderFinal(step.Node, cancellationToken);

    /// <summary>Has a macro make a model's relation.</summary>
    public MakingResult Make(MakeRelation step, RenderedSql sql) =>
        renderer.Make(step.Model, sql, step.IsIncremental, cancellationToken);

    /// <summary>Runs statements for a node, each with the comment that names it.</summary>
    /// <returns>The rows each of them wrote; 0 where that means nothing.</returns>
    public Task<ImmutableArray<long>> RunAsync(NodeStep step, params IEnumerable<Statement> statements)
    {
        var comment = CommentFor(step);
        return runner.ExecuteAsync([.. statements.Select(statement => statement.After(comment))], cancellationToken);
    }

    /// <summary>The columns of a relation, in order.</summary>
    public Task<ImmutableArray<WarehouseColumn>> ColumnsAsync(RelationName relation) =>
        runner.ColumnsAsync(relation, cancellationToken);

    /// <summary>The comment that names a node in the server's log.</summary>
    public string CommentFor(NodeStep step) => QueryComment.For(context.Project, step.Node);
}
