using System.Collections.Immutable;
using Analytics.Compiler.Diagnostics;
using Analytics.Compiler.Resolving;
using Analytics.Deployment.Applying.Building;
using Analytics.Deployment.Applying.Catalog;
using Analytics.Deployment.Planning;
using Analytics.Deployment.Planning.Sql;
using Analytics.Deployment.Planning.Steps;

namespace Analytics.Deployment.Applying.CuttingOver;

/// <summary>
/// Puts functions in their final place, in the transaction of the cut-over. One with the signature it had gets the new body and stays the
/// object that views and indexes call; another one is made beside the old, which goes when all that called it was made again.
/// </summary>
/// <param name="context">The publish.</param>
/// <param name="outcomes">What building the nodes gave, by unique id.</param>
/// <param name="runner">The connection of the transaction.</param>
internal sealed class FunctionCutOver(
    RunContext context,
    ImmutableDictionary<string, StepOutcome> outcomes,
    StatementRunner runner
)
{
    private readonly List<FunctionObject> outdated = [];

    /// <summary>Replaces. Tables have their final names by now, views have not.</summary>
    /// <exception cref="FunctionException">The new relations call a function as it is built, or its place is taken.</exception>
    /// <exception cref="StatementException">The server refused a statement.</exception>
    public async Task ReplaceAsync(CancellationToken cancellationToken)
    {
        if (context.Plan.Functions.IsEmpty)
        {
            return;
        }

        // The bodies were looked at where they were built; what they read may come after them here.
        await runner.ExecuteAsync("set local check_function_bodies = off", cancellationToken).ConfigureAwait(false);
        foreach (var step in context.Plan.Functions)
        {
            await ReplaceAsync(step, cancellationToken).ConfigureAwait(false);
        }

        await runner
            .ExecuteAsync("set local check_function_bodies to default", cancellationToken)
            .ConfigureAwait(false);
    }

    /// <summary>Drops what is outdated and what is pruned, when nothing of the project calls it any more; without CASCADE.</summary>
    /// <exception cref="StatementException">Something depends on it still: the server names that.</exception>
    public async Task DropAsync(CancellationToken cancellationToken)
    {
        var oids = outdated
            .Select(function => function.Oid)
            .Concat(context.Plan.PrunedFunctions.Select(function => function.Oid))
            .ToList();
        if (oids.Count == 0)
        {
            return;
        }

        var names = await runner
            .QueryAsync(
                new Statement(
                    $"select oid::pg_catalog.regprocedure::text from pg_catalog.pg_proc where oid in ({string.Join(", ", oids.Select(SqlText.Oid))}) order by 1"
                ),
                cancellationToken
            )
            .ConfigureAwait(false);
        await runner
            .ExecuteAsync([.. names.Select(row => new Statement($"drop function {row[0]}"))], cancellationToken)
            .ConfigureAwait(false);
    }

    private async Task ReplaceAsync(BuildFunction step, CancellationToken cancellationToken)
    {
        var function = step.Function;
        var live = await FunctionCatalog.FindAsync(runner, step, cancellationToken).ConfigureAwait(false);
        await RefuseAsync(step, live, cancellationToken).ConfigureAwait(false);
        if (live.Outdated is { } old)
        {
            // Out of the way: a call that fits both must find the new one.
            var aside = StagingNames.WithSuffix(function.Relation.Identifier, "__old");
            await runner
                .ExecuteAsync(
                    $"alter function {old.Signature} rename to {RelationName.Quote(aside)}",
                    cancellationToken
                )
                .ConfigureAwait(false);
            outdated.Add(old);
        }

        var final = outcomes[function.UniqueId].Final!;
        var stays = live is { Same: not null, Fits: true };
        var (prefix, suffix) = function.Signature.Around(function.Relation, final.Text, stays);
        await runner.ExecuteAsync([Statement.Around(prefix, final, suffix)], cancellationToken).ConfigureAwait(false);
        var statements = await new FunctionPrivileges(runner)
            .CarryAsync(step, stays ? null : live.Outdated, cancellationToken)
            .ConfigureAwait(false);
        await runner.ExecuteAsync([.. statements], cancellationToken).ConfigureAwait(false);
    }

    private async Task RefuseAsync(BuildFunction step, LiveFunction live, CancellationToken cancellationToken)
    {
        if (live.IsTaken)
        {
            throw new FunctionException(
                FunctionDiagnostics.Kept(step.Function.Span, live.Same!.Signature, "somebody replaced it meanwhile")
            );
        }

        // Tables have left the staging schemas: an index on one that calls the function as it is built would keep that.
        var dependents = await FunctionCatalog
            .DependentsAsync(runner, [live.Staged], context.Plan.Database, cancellationToken)
            .ConfigureAwait(false);
        var kept = dependents
            .Where(dependent => dependent.Of is null || !context.Plan.StagingSchemas.Contains(dependent.Of.Schema))
            .Select(dependent => dependent.Description)
            .ToList();
        if (kept.Count > 0)
        {
            throw new FunctionException(
                FunctionDiagnostics.Kept(
                    step.Function.Span,
                    step.Title,
                    $"{string.Join(", ", kept)} was made with the function that is built beside it; make it in a hook with 'transaction: false', which runs when all is live"
                )
            );
        }
    }
}

/// <summary>A function cannot be cut over.</summary>
internal sealed class FunctionException(Diagnostic diagnostic) : Exception("A function cannot be cut over.")
{
    public Diagnostic Diagnostic => diagnostic;
}
