using System.Collections.Immutable;
using Analytics.Compiler.Diagnostics;
using Analytics.Compiler.Rendering;
using Analytics.Compiler.Resolving.Nodes;
using Analytics.Deployment.Applying.Building;

namespace Analytics.Deployment.Applying.Hooks;

/// <summary>Renders hooks and runs what they render to, over one connection.</summary>
internal sealed class HookRunner(RunContext context, StatementRunner runner)
{
    /// <summary>Runs hooks of a node, one after another.</summary>
    /// <param name="node">The node.</param>
    /// <param name="hooks">Its hooks before or after, of which some are meant.</param>
    /// <param name="inTransaction">Which of them.</param>
    /// <param name="isIncremental">What <c>is_incremental()</c> says.</param>
    /// <param name="names">Where the relations are meanwhile.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="HookException">One of them failed; those after it did not run.</exception>
    public async Task RunAsync(
        RelationNode node,
        ImmutableArray<NodeHook> hooks,
        bool inTransaction,
        bool isIncremental,
        NameTranslation names,
        CancellationToken cancellationToken
    )
    {
        foreach (var hook in hooks.Where(hook => hook.InTransaction == inTransaction))
        {
            var scope = Scope(names, isIncremental, cancellationToken);
            var rendered = context.Project.Renderer.RenderHook(node, hook, scope, cancellationToken);
            if (rendered.Sql is not { } sql)
            {
                throw new HookException(rendered.Diagnostics);
            }

            await ExecuteAsync(node, sql.Text, names, hook.Span, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Runs a hook of the whole run.</summary>
    /// <param name="hook">The hook.</param>
    /// <param name="variables">Names that only it knows, with their values.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="HookException">It failed.</exception>
    public async Task RunAsync(
        OperationNode hook,
        ImmutableDictionary<string, object?> variables,
        CancellationToken cancellationToken
    )
    {
        var scope = Scope(NameTranslation.None, false, cancellationToken) with { Names = variables };
        var rendered = context.Project.Renderer.Render(hook, scope, cancellationToken);
        if (rendered.Sql is not { } sql)
        {
            throw new HookException(rendered.Diagnostics);
        }

        await ExecuteAsync(hook, sql.Text, NameTranslation.None, hook.Span, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>
    /// Ends what hooks said to the session: dbt has a connection for each node, and this one serves the next. The role stays, and what the
    /// target's settings say.
    /// </summary>
    public Task ForgetAsync() =>
        runner.ExecuteAsync([new Statement("reset all"), new Statement("discard temp")], CancellationToken.None);

    private RenderScope Scope(NameTranslation names, bool isIncremental, CancellationToken cancellationToken)
    {
        var warehouse = new PostgresWarehouse(runner.Connection, canWrite: true, cancellationToken);
        return new RenderScope(
            context.Live,
            isIncremental,
            context.FullRefresh,
            new TranslatingWarehouse(warehouse, names),
            Execute: true
        )
        {
            Selected = context.Selected,
            Say = context.Say,
        };
    }

    // Most macros that are called from a hook do their work while it renders, and leave nothing.
    private async Task ExecuteAsync(
        GraphNode node,
        string sql,
        NameTranslation names,
        Text.SourceSpan span,
        CancellationToken cancellationToken
    )
    {
        var script = names.Of(sql.Trim());
        if (script.Length == 0)
        {
            return;
        }

        try
        {
            var comment = QueryComment.For(context.Project, node);
            await runner.ExecuteScriptAsync(comment + script, cancellationToken).ConfigureAwait(false);
        }
        catch (StatementException exception)
        {
            cancellationToken.ThrowIfCancellationRequested();
            throw new HookException(
                [
                    DeploymentDiagnostics.NodeFailed(
                        span,
                        node.Name,
                        exception.Error.SqlState,
                        $"in a hook: {exception.Explanation}"
                    ),
                ],
                exception
            );
        }
    }
}
