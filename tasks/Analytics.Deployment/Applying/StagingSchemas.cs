using Analytics.Compiler.Diagnostics;
using Analytics.Compiler.Resolving;
using Analytics.Deployment.Applying.Connecting;
using Analytics.Deployment.Planning;
using Analytics.Deployment.Planning.Sql;
using Analytics.Deployment.Reporting;
using Npgsql;

namespace Analytics.Deployment.Applying;

/// <summary>The schemas of one publish from before its first step to its end.</summary>
/// <param name="session">The connection that holds the lock.</param>
/// <param name="publishLock">The lock.</param>
/// <param name="stateSchema">The name of the schema in which the publish notes what it made.</param>
/// <param name="newSchemas">Makes the final schemas that are missing.</param>
/// <param name="log">Who is told.</param>
internal sealed class StagingSchemas(
    NpgsqlConnection session,
    PublishLock publishLock,
    string stateSchema,
    NewSchemas newSchemas,
    PublishLog log
)
{
    // After a cancellation the server is given this long to drop what was staged; else the next publish does it.
    private static readonly TimeSpan CleaningTime = TimeSpan.FromSeconds(10);

    private readonly StatementRunner runner = new(session);
    private readonly StagingArea area = new(publishLock);

    /// <summary>Drops what interrupted publishes left, and makes the schemas of this one.</summary>
    /// <returns>False when somebody else has a staging schema; that was told.</returns>
    public async Task<bool> PrepareAsync(DeploymentPlan plan, CancellationToken cancellationToken)
    {
        var found = await area.FindAsync(session, plan.StagingSchemas, cancellationToken).ConfigureAwait(false);
        var canCreate = await StagingArea.CanCreateAsync(runner, cancellationToken).ConfigureAwait(false);
        var there = new HashSet<string>(StringComparer.Ordinal);
        foreach (var other in found.Others)
        {
            if (!canCreate && other.IsFree)
            {
                there.Add(other.Name);
                continue;
            }

            if (await DropOfOthersAsync(other, cancellationToken).ConfigureAwait(false) is { } taken)
            {
                log.Diagnostic(taken);
                return false;
            }
        }

        if (!found.Ours.IsEmpty)
        {
            log.Progress($"dropping what an interrupted publish left: {string.Join(", ", found.Ours)}");
            await StagingArea.DropAsync(runner, found.Ours, cancellationToken).ConfigureAwait(false);
        }

        if (!canCreate)
        {
            // What was only emptied is there still, and so is what another project gave back.
            there.UnionWith(found.Ours);
            there.UnionWith(found.Others.Select(other => other.Name));
            if (await MissingAsync(plan, there, cancellationToken).ConfigureAwait(false) is { } missing)
            {
                log.Diagnostic(missing);
                return false;
            }
        }

        var statements = plan
            .MissingSchemas.SelectMany(newSchemas.Create)
            .Concat(area.Create(plan.StagingSchemas, there).Select(statement => new Statement(statement)));
        await runner.ExecuteAsync([.. statements], cancellationToken).ConfigureAwait(false);
        return true;
    }

    private async Task<Diagnostic?> MissingAsync(
        DeploymentPlan plan,
        IReadOnlySet<string> there,
        CancellationToken cancellationToken
    )
    {
        var names = $"""
            select current_user::text, pg_catalog.current_database()::text,
              pg_catalog.to_regnamespace({SqlText.Literal(RelationName.Quote(stateSchema))}) is not null
            """;
        var row = (await runner.QueryAsync(new Statement(names), cancellationToken).ConfigureAwait(false))[0];
        IEnumerable<string> state = row[2] is true ? [] : [stateSchema];
        var missing = plan
            .MissingSchemas.Concat(plan.StagingSchemas.Where(schema => !there.Contains(schema)))
            .Concat(state)
            .ToList();
        return missing.Count == 0
            ? null
            : DeploymentDiagnostics.MayNotCreate((string)row[0]!, (string)row[1]!, missing);
    }

    // Another project or target that shares a schema with this one may have been killed as well: then its lock is free.
    private async Task<Diagnostic?> DropOfOthersAsync(OtherSchema schema, CancellationToken cancellationToken)
    {
        if (schema.Lock is not { } other)
        {
            return DeploymentDiagnostics.StagingTaken(
                schema.Name,
                "it was not made by Analytics.Sdk: drop or rename it"
            );
        }

        if (await other.TryTakeAsync(session, cancellationToken).ConfigureAwait(false) is { } holder)
        {
            return DeploymentDiagnostics.StagingTaken(schema.Name, $"another publish is building there ({holder})");
        }

        await StagingArea.DropAsync(runner, [schema.Name], cancellationToken).ConfigureAwait(false);
        await other.ReleaseAsync(session, cancellationToken).ConfigureAwait(false);
        return null;
    }

    /// <summary>Drops what was staged; what the server does not drop now the next publish does.</summary>
    public async Task CleanAsync(DeploymentPlan plan)
    {
        using var limit = new CancellationTokenSource(CleaningTime);
        try
        {
            await StagingArea.DropAsync(runner, plan.StagingSchemas, limit.Token).ConfigureAwait(false);
        }
        catch (Exception exception) when (ServerMessage.IsOfServer(exception))
        {
            log.Progress($"what was staged is left for the next publish to drop: {ServerMessage.Of(exception)}");
        }
    }

    /// <summary>Drops the schemas that this publish made: a first one that is red leaves no trace.</summary>
    /// <remarks>Without CASCADE: what a hook or somebody else made in a schema meanwhile keeps it.</remarks>
    public async Task DropNewSchemasAsync(DeploymentPlan plan)
    {
        using var limit = new CancellationTokenSource(CleaningTime);
        foreach (var schema in plan.MissingSchemas)
        {
            try
            {
                await runner
                    .ExecuteAsync($"drop schema if exists {RelationName.Quote(schema)}", limit.Token)
                    .ConfigureAwait(false);
            }
            catch (StatementException exception)
                when (exception.Error.SqlState == PostgresErrorCodes.DependentObjectsStillExist
                    && (plan.EachNode || plan.AuditSchemas.Contains(schema))
                )
            {
                // It has the rows that tests found, or nodes that are live: they are there to be read now.
                await runner.ExecuteAsync([NewSchemas.Keep(schema)], limit.Token).ConfigureAwait(false);
            }
            catch (Exception exception) when (ServerMessage.IsOfServer(exception))
            {
                log.Progress($"schema {schema} stays: {ServerMessage.Of(exception)}");
            }
        }
    }
}
