using System.Collections.Immutable;
using Analytics.Compiler.Resolving.Nodes;
using Analytics.Deployment.Applying.Building;
using Analytics.Deployment.Reporting;
using Analytics.Jinja.Values;

namespace Analytics.Deployment.Applying.Hooks;

/// <summary>
/// The hooks of the whole run, on the connection that holds the lock, each by itself and visible at once: before the first node is built,
/// and when it is known whether the new relations became live.
/// </summary>
internal sealed class RunHooks(RunContext context, StatementRunner runner, PublishLog log)
{
    private readonly HookRunner hooks = new(context, runner);

    /// <summary>Runs <c>on-run-start</c>.</summary>
    /// <returns>Whether all did; what failed was told.</returns>
    public Task<bool> StartAsync(CancellationToken cancellationToken) =>
        RunAsync(RunHook.Start, () => None, cancellationToken);

    /// <summary>Runs <c>on-run-end</c>, whatever became of the run.</summary>
    /// <param name="results">What became of the nodes.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>Whether all did; what failed was told.</returns>
    public Task<bool> EndAsync(IReadOnlyCollection<NodeResult> results, CancellationToken cancellationToken) =>
        RunAsync(RunHook.End, () => Variables(results), cancellationToken);

    private static ImmutableDictionary<string, object?> None { get; } =
        ImmutableDictionary.Create<string, object?>(StringComparer.Ordinal);

    private ImmutableDictionary<string, object?> Variables(IReadOnlyCollection<NodeResult> results)
    {
        var graph = context.Project.Graph;
        var places = results
            .Where(result => result.Status is NodeStatus.Success or NodeStatus.Reused)
            .Select(result => graph[result.UniqueId])
            .OfType<RelationNode>()
            .Select(node => (node.Relation.Database, node.Relation.Schema))
            .Distinct()
            .ToList();
        var values = results.Select(result =>
            (object?)RunResultValue.Of(result, context.Project.Description.Of(graph[result.UniqueId]))
        );
        return None.Add("results", new PyList(values))
            .Add("schemas", new PyList(places.Select(place => place.Schema).Distinct()))
            .Add(
                "database_schemas",
                new PyList(places.Select(place => (object?)new PyTuple([place.Database, place.Schema])))
            );
    }

    // The packages' hooks come first; after a failed one none runs.
    private async Task<bool> RunAsync(
        RunHook when,
        Func<ImmutableDictionary<string, object?>> describe,
        CancellationToken cancellationToken
    )
    {
        var root = context.Project.Source.Root.Name;
        var due = context
            .Project.Graph.Nodes.OfType<OperationNode>()
            .Where(hook => hook.When == when)
            .OrderBy(hook => hook.Package == root)
            .ThenBy(hook => hook.Package, StringComparer.Ordinal)
            .ThenBy(hook => hook.Index)
            .ToList();
        if (due.Count == 0)
        {
            return true;
        }

        var variables = describe();
        try
        {
            foreach (var hook in due)
            {
                await hooks.RunAsync(hook, variables, cancellationToken).ConfigureAwait(false);
            }
        }
        catch (HookException exception)
        {
            log.Diagnostics(exception.Diagnostics);
            return false;
        }

        await hooks.ForgetAsync().ConfigureAwait(false);
        return true;
    }
}
