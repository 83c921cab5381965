using System.Collections.Immutable;
using Analytics.Compiler.Diagnostics;
using Analytics.Compiler.Rendering;
using Analytics.Compiler.Resolving.Nodes;
using Analytics.Deployment.Opening;
using Analytics.Deployment.Planning.Selection;
using Analytics.Text;

namespace Analytics.Deployment.Showing;

/// <summary>Compiles nodes or a query, runs them on the live relations and gives their rows: <c>dbt show</c>. Nothing is changed.</summary>
public static class RowPreview
{
    /// <summary>Shows.</summary>
    /// <param name="request">What, and where.</param>
    /// <param name="observer">Hears of everything as it happens, errors included.</param>
    /// <param name="cancellationToken">Stops it; a running query is cancelled.</param>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public static async Task<ShowReport> RunAsync(
        ShowRequest request,
        IPublishObserver observer,
        CancellationToken cancellationToken
    )
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(observer);
        var command = new TargetCommand(request, observer, "show");
        var tables = ImmutableArray.CreateBuilder<ShownTable>();
        var succeeded = await command
            .RunAsync(
                async target =>
                {
                    var scope = command.Scope(target.Connection, canWrite: false, cancellationToken);
                    var queries = request.Inline is { } inline
                        ? [Inline(target, inline, scope, cancellationToken)]
                        : Nodes(target, request.Selection, scope, command, cancellationToken);
                    foreach (var query in queries)
                    {
                        command.Log.Diagnostics(query.Diagnostics);
                        if (query.Sql is { } sql)
                        {
                            await AddAsync(query, sql).ConfigureAwait(false);
                        }
                    }

                    async Task AddAsync(Query query, ShownSql sql)
                    {
                        try
                        {
                            var rows = await sql.FetchAsync(target.Connection, request.Limit, cancellationToken)
                                .ConfigureAwait(false);
                            tables.Add(new ShownTable(query.Name, rows.Columns, rows.Rows));
                        }
                        catch (ShownSqlException exception)
                        {
                            var title = query.Name is null ? "the inline query" : $"'{query.Name}'";
                            command.Log.Diagnostic(
                                JobDiagnostics.QueryFailed(
                                    exception.Span ?? query.Span,
                                    title,
                                    exception.SqlState,
                                    exception.Message
                                ) with
                                {
                                    Related = exception.Related,
                                }
                            );
                        }
                    }
                },
                "Showing rows",
                cancellationToken
            )
            .ConfigureAwait(false);
        return new ShowReport(succeeded, tables.ToImmutable());
    }

    private static Query Inline(
        OpenTarget target,
        string inline,
        RenderScope scope,
        CancellationToken cancellationToken
    )
    {
        var file = new SourceFile("Inline", inline);
        var rendered = target.Project.Renderer.RenderQuery(file, scope, cancellationToken);
        return new Query(
            null,
            file.Span(0, inline.Length),
            rendered.Sql is { } sql ? ShownSql.Of(sql) : null,
            rendered.Diagnostics
        );
    }

    // Rendered one after the other, each before it is run: a template asks over the same connection.
    private static IEnumerable<Query> Nodes(
        OpenTarget target,
        SelectionRequest selection,
        RenderScope scope,
        TargetCommand command,
        CancellationToken cancellationToken
    )
    {
        var (selected, diagnostics) = new NodeSelector(target.Project, target.Artifact.Manifest).Select(selection);
        command.Log.Diagnostics(diagnostics);
        foreach (var node in target.Project.Graph.Nodes.Where(node => selected?.Contains(node.UniqueId) == true))
        {
            switch (node)
            {
                case SeedNode or SourceNode:
                    var relation = (RelationNode)node;
                    yield return new Query(node.Name, node.Span, ShownSql.Of(relation.Relation), []);
                    break;
                case ModelNode or SnapshotNode or TestNode or AnalysisNode:
                    var live = scope with { IsIncremental = IsIncremental(node, scope.Warehouse) };
                    var rendered = target.Project.Renderer.Render(node, live, cancellationToken);
                    yield return new Query(
                        node.Name,
                        node.Span,
                        rendered.Sql is { } sql ? ShownSql.Of(sql) : null,
                        rendered.Diagnostics
                    );
                    break;
            }
        }
    }

    private static bool IsIncremental(GraphNode node, IWarehouse warehouse) =>
        node is ModelNode { Materialization: Materialization.Incremental } model
        && warehouse.RelationKind(model.Relation.Schema, model.Relation.Identifier) == "table";

    private sealed record Query(string? Name, SourceSpan Span, ShownSql? Sql, ImmutableArray<Diagnostic> Diagnostics);
}
