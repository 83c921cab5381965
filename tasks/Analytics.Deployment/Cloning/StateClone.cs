using Analytics.Compiler.Diagnostics;
using Analytics.Compiler.Resolving;
using Analytics.Compiler.Resolving.Nodes;
using Analytics.Deployment.Applying;
using Analytics.Deployment.Applying.Catalog;
using Analytics.Deployment.Opening;
using Analytics.Deployment.Planning.Catalog;
using Analytics.Deployment.Planning.Selection;
using Analytics.Deployment.Planning.Selection.State;
using Analytics.Deployment.Planning.Sql;

namespace Analytics.Deployment.Cloning;

/// <summary>
/// Makes the relations of another state visible in a target: <c>dbt clone</c>, which on PostgreSQL makes a view over each of them. All of
/// them come in one transaction, or none.
/// </summary>
public static class StateClone
{
    /// <summary>Clones.</summary>
    /// <param name="request">Which nodes, of which state, and where.</param>
    /// <param name="observer">Hears of everything as it happens, errors included.</param>
    /// <param name="cancellationToken">Stops it; nothing is changed then.</param>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public static async Task<CloneReport> RunAsync(
        CloneRequest request,
        IPublishObserver observer,
        CancellationToken cancellationToken
    )
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(observer);
        var command = new TargetCommand(request, observer, "clone") { FullRefresh = request.FullRefresh };
        var report = new CloneReport(false, 0, 0, 0);
        var succeeded = await command
            .RunAsync(
                async target =>
                {
                    if (Wanted(target, request.Selection, command) is { } wanted)
                    {
                        report = await CloneAsync(target, wanted, request.FullRefresh, command, cancellationToken)
                            .ConfigureAwait(false);
                    }
                },
                "Cloning",
                cancellationToken
            )
            .ConfigureAwait(false);
        return report with { Succeeded = succeeded && report.Succeeded };
    }

    private static List<(RelationNode Node, RelationName? From)>? Wanted(
        OpenTarget target,
        SelectionRequest selection,
        TargetCommand command
    )
    {
        var selector = new NodeSelector(target.Project, target.Artifact.Manifest);
        var (selected, diagnostics) = selector.Select(selection);
        command.Log.Diagnostics(diagnostics);
        if (selected is null)
        {
            return null;
        }

        var (state, problem) = EarlierState.Read(selection.StatePath ?? string.Empty);
        if (state is not { Manifest: { } manifest })
        {
            var why = state is null ? problem : $"there is no manifest.json in '{selection.StatePath}'";
            command.Log.Diagnostic(JobDiagnostics.Uncloned(null, "the state", why));
            return null;
        }

        var relations = new StateRelations(manifest);
        return
        [
            .. target
                .Project.Graph.Nodes.OfType<RelationNode>()
                .Where(node => node is not (SourceNode or ModelNode { Materialization: Materialization.Ephemeral }))
                .Where(node => selected.Contains(node.UniqueId))
                .Select(node => (node, relations.Find(node.UniqueId))),
        ];
    }

    private static async Task<CloneReport> CloneAsync(
        OpenTarget target,
        List<(RelationNode Node, RelationName? From)> wanted,
        bool fullRefresh,
        TargetCommand command,
        CancellationToken cancellationToken
    )
    {
        if (await target.Lock.TryTakeAsync(target.Connection, cancellationToken).ConfigureAwait(false) is { } holder)
        {
            command.Log.Diagnostic(DeploymentDiagnostics.Busy(target.Project.Target.Name, holder));
            return new CloneReport(false, 0, 0, 0);
        }

        try
        {
            var names = wanted
                .SelectMany(pair => new[] { pair.Node.Relation, pair.From })
                .OfType<RelationName>()
                .Distinct()
                .ToList();
            var catalog = await CatalogReader
                .ReadAsync(target.Connection, names, string.Empty, cancellationToken)
                .ConfigureAwait(false);
            var views = new List<(RelationNode Node, RelationName From, CatalogRelation? Old)>();
            var (kept, absent) = (0, 0);
            foreach (var (node, from) in wanted)
            {
                var old = catalog.Find(node.Relation);
                if (from is null)
                {
                    absent++;
                    command.Log.Progress($"{node.UniqueId} has no relation in the state");
                }
                else if (old is not null && !fullRefresh)
                {
                    kept++;
                    command.Log.Progress($"{node.Relation} is there already");
                }
                else if (Problem(target, node, from, catalog) is { } problem)
                {
                    command.Log.Diagnostic(JobDiagnostics.Uncloned(node.Span, node.Relation.ToString(), problem));
                }
                else
                {
                    views.Add((node, from, old));
                }
            }

            var done =
                !command.Log.HasErrors
                && await MakeAsync(target, views, catalog, command, cancellationToken).ConfigureAwait(false);
            return new CloneReport(done, views.Count, kept, absent);
        }
        finally
        {
            if (target.Connection.FullState.HasFlag(System.Data.ConnectionState.Open))
            {
                await target.Lock.ReleaseAsync(target.Connection, CancellationToken.None).ConfigureAwait(false);
            }
        }
    }

    private static string? Problem(OpenTarget target, RelationNode node, RelationName from, CatalogSnapshot catalog)
    {
        if (from.Database != target.Project.Target.Database)
        {
            return $"it is in the database '{from.Database}', and a view of '{target.Project.Target.Database}' cannot read that";
        }

        if (from == node.Relation)
        {
            return "the state has it under the same name, so it would be a view of itself";
        }

        return catalog.Find(from) is null ? $"{from} does not exist" : null;
    }

    private static async Task<bool> MakeAsync(
        OpenTarget target,
        List<(RelationNode Node, RelationName From, CatalogRelation? Old)> views,
        CatalogSnapshot catalog,
        TargetCommand command,
        CancellationToken cancellationToken
    )
    {
        var runner = new StatementRunner(target.Connection);
        await using var transaction = await target
            .Connection.BeginTransactionAsync(cancellationToken)
            .ConfigureAwait(false);
        foreach (var schema in views.Select(view => view.Node.Relation.Schema).Distinct(StringComparer.Ordinal))
        {
            if (!catalog.Schemas.Contains(schema))
            {
                await runner
                    .ExecuteAsync($"create schema if not exists {RelationName.Quote(schema)}", cancellationToken)
                    .ConfigureAwait(false);
            }
        }

        foreach (var (node, statement) in Statements(target, views))
        {
            try
            {
                await runner.ExecuteAsync(statement, cancellationToken).ConfigureAwait(false);
            }
            catch (StatementException exception)
            {
                cancellationToken.ThrowIfCancellationRequested();
                var why = $"{exception.Explanation} (SQLSTATE {exception.Error.SqlState})";
                command.Log.Diagnostic(JobDiagnostics.Uncloned(node.Span, node.Relation.ToString(), why));
                return false;
            }
        }

        await transaction.CommitAsync(cancellationToken).ConfigureAwait(false);
        foreach (var (node, from, _) in views)
        {
            command.Log.Progress($"view {node.Relation} reads {from}");
        }

        return true;
    }

    // What reads others goes before them. Without CASCADE: what others built on an old relation stops the clone, and is named.
    private static IEnumerable<(RelationNode Node, string Statement)> Statements(
        OpenTarget target,
        List<(RelationNode Node, RelationName From, CatalogRelation? Old)> views
    )
    {
        foreach (var (node, _, old) in Enumerable.Reverse(views))
        {
            if (old is not null)
            {
                yield return (node, $"drop {old.Kind.Sql()} {SqlText.Local(node.Relation)}");
            }
        }

        foreach (var (node, from, _) in views)
        {
            var comment = QueryComment.For(target.Project, node);
            yield return (
                node,
                $"{comment}create view {SqlText.Local(node.Relation)} as select * from {SqlText.Local(from)}"
            );
        }
    }
}
