using System.Collections.Immutable;
using Analytics.Compiler.Diagnostics;
using Analytics.Compiler.Rendering;
using Analytics.Compiler.Resolving.Nodes;
using Analytics.Deployment.Planning.Incremental;
using Npgsql;

namespace Analytics.Deployment.Applying.Building;

/// <summary>Renders a node twice: to run now beside the live relations, and with final names for what comes after.</summary>
internal sealed class StepRenderer(RunContext context, NpgsqlConnection connection)
{
    /// <summary>Renders.</summary>
    /// <param name="node">The node.</param>
    /// <param name="incremental">What <c>is_incremental()</c> says.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>Both renderings; null ones when there is an error among the diagnostics.</returns>
    public Renderings Render(GraphNode node, bool incremental, CancellationToken cancellationToken) =>
        Render(node, context.Staged, incremental, null, cancellationToken);

    /// <summary>Renders on final names only, for a node whose template asks no database.</summary>
    public RenderResult RenderFinal(GraphNode node, CancellationToken cancellationToken)
    {
        var scope = new RenderScope(context.Live, false, context.FullRefresh, NoWarehouse.Instance, Execute: true)
        {
            Selected = context.Selected,
            Inputs = context.Inputs,
            Say = context.Say,
        };
        return context.Project.Renderer.Render(node, scope, cancellationToken);
    }

    /// <summary>Has a macro make a model's relation where it is staged, over the worker's connection.</summary>
    /// <param name="model">The model.</param>
    /// <param name="sql">Its SQL on the staged relations.</param>
    /// <param name="incremental">What <c>is_incremental()</c> says.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public MakingResult Make(ModelNode model, RenderedSql sql, bool incremental, CancellationToken cancellationToken)
    {
        var scope = new RenderScope(
            new BatchRelations(context.Staged),
            incremental,
            context.FullRefresh,
            new PostgresWarehouse(connection, canWrite: true, cancellationToken),
            Execute: true
        )
        {
            Selected = context.Selected,
            Inputs = context.Inputs,
            Say = context.Say,
        };
        return context.Project.Renderer.Make(model, sql.Text, scope, cancellationToken);
    }

    /// <summary>Renders every batch of a <c>microbatch</c> model.</summary>
    /// <param name="model">The model.</param>
    /// <param name="incremental">Whether its table is there; from the second batch on it is.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>One for each batch, in order; up to the first with an error.</returns>
    public ImmutableArray<Renderings> RenderBatches(
        ModelNode model,
        bool incremental,
        CancellationToken cancellationToken
    )
    {
        var rendered = ImmutableArray.CreateBuilder<Renderings>();
        foreach (
            var batch in BatchWindows.Of(
                model.Incremental!.Batches!,
                !incremental,
                context.StartedAt,
                context.Inputs.Sample ?? context.Inputs.Batches
            )
        )
        {
            var isFirst = rendered.Count == 0;
            IRelationBinding relations = isFirst || incremental ? context.Staged : new BatchRelations(context.Staged);
            rendered.Add(Render(model, relations, incremental || !isFirst, batch, cancellationToken));
            if (rendered[^1].Staged is null)
            {
                break;
            }
        }

        return rendered.ToImmutable();
    }

    private Renderings Render(
        GraphNode node,
        IRelationBinding relations,
        bool incremental,
        BatchWindow? batch,
        CancellationToken cancellationToken
    )
    {
        var warehouse = new RecordingWarehouse(
            new PostgresWarehouse(connection, canWrite: false, cancellationToken, new CatalogOverlay(context, node))
        );
        var scope = new RenderScope(relations, incremental, context.FullRefresh, warehouse, Execute: true)
        {
            Selected = context.Selected,
            Inputs = context.Inputs,
            Say = context.Say,
            Batch = batch,
        };
        var now = context.Project.Renderer.Render(node, scope, cancellationToken);
        if (now.Sql is null)
        {
            return new Renderings(null, null, now.Diagnostics);
        }

        var later = scope with { Relations = context.Live, Warehouse = warehouse.Replay(), Say = null };
        var final = context.Project.Renderer.Render(node, later, cancellationToken);

        // Both say the same: what the first rendering warned of is told once.
        return final.Sql is null
            ? new Renderings(now.Sql, null, final.Diagnostics)
            : new Renderings(StringLiterals.Take(now.Sql, final.Sql), final.Sql, now.Diagnostics);
    }
}

/// <summary>What rendering a node twice gave.</summary>
/// <param name="Staged">SQL on the staged relations; null when there is an error.</param>
/// <param name="Final">SQL on the final names; null when there is an error.</param>
/// <param name="Diagnostics">In the order they were found.</param>
internal sealed record Renderings(RenderedSql? Staged, RenderedSql? Final, ImmutableArray<Diagnostic> Diagnostics);
