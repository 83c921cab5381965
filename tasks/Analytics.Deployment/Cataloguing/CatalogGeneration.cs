using Analytics.Compiler.Resolving.Nodes;
using Analytics.Deployment.Opening;
using Analytics.Deployment.Planning.Selection;

namespace Analytics.Deployment.Cataloguing;

/// <summary>Writes down what a target has of a project: the <c>catalog.json</c> of <c>dbt docs generate</c>.</summary>
public static class CatalogGeneration
{
    /// <summary>The file that is written.</summary>
    public const string FileName = "catalog.json";

    /// <summary>Reads the database's catalog and writes <c>catalog.json</c>.</summary>
    /// <param name="request">Which nodes, and where.</param>
    /// <param name="observer">Hears of what is wrong.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <exception cref="OperationCanceledException">It was cancelled; nothing was written.</exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static async Task<CatalogReport> RunAsync(
        CatalogRequest request,
        IPublishObserver observer,
        CancellationToken cancellationToken
    )
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(observer);
        var command = new TargetCommand(request, observer, "generate");
        List<RelationNode>? wanted = null;
        List<(RelationNode Node, CatalogTable Table)> entries = [];
        var succeeded = await command
            .RunAsync(
                async target =>
                {
                    wanted = Relations(target, request.Selection, command);
                    var names = (wanted ?? []).Select(node => node.Relation).Distinct().ToList();
                    var tables = await CatalogTable
                        .ReadAsync(target.Connection, names, cancellationToken)
                        .ConfigureAwait(false);
                    foreach (var node in wanted ?? [])
                    {
                        if (tables.TryGetValue((node.Relation.Schema, node.Relation.Identifier), out var table))
                        {
                            entries.Add((node, table));
                        }
                    }
                },
                "Reading the catalog",
                cancellationToken
            )
            .ConfigureAwait(false);
        if (!succeeded || wanted is null)
        {
            return new CatalogReport(null, 0, 0, 0);
        }

        Directory.CreateDirectory(request.ReportDirectory);
        var file = Path.Combine(request.ReportDirectory, FileName);
        var json = CatalogWriter.Write(entries, command.Invocation, TimeProvider.System.GetUtcNow());
        await File.WriteAllBytesAsync(file, json, cancellationToken).ConfigureAwait(false);
        var sources = entries.Count(entry => entry.Node is SourceNode);
        return new CatalogReport(file, entries.Count - sources, sources, wanted.Count - entries.Count);
    }

    // One database only is open: PostgreSQL sees no other.
    private static List<RelationNode>? Relations(OpenTarget target, SelectionRequest selection, TargetCommand command)
    {
        var selector = new NodeSelector(target.Project, target.Artifact.Manifest);
        var (selected, diagnostics) = selector.Select(selection);
        command.Log.Diagnostics(diagnostics);
        return selected is null
            ? null
            :
            [
                .. target
                    .Project.Graph.Nodes.OfType<RelationNode>()
                    .Where(node => node is not ModelNode { Materialization: Materialization.Ephemeral })
                    .Where(node => node.Relation.Database == target.Project.Target.Database)
                    .Where(node => selected.Contains(node.UniqueId))
                    .OrderBy(node => node.UniqueId, StringComparer.Ordinal),
            ];
    }
}
