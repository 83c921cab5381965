using Analytics.Compiler.Diagnostics;
using Analytics.Deployment.Applying;
using Analytics.Deployment.Applying.State;
using Analytics.Deployment.Planning.Deferring;
using Analytics.Deployment.Planning.Selection.State;
using Analytics.Deployment.Reporting;
using Npgsql;

namespace Analytics.Deployment.Opening;

/// <summary>Finds what a publish compares with and defers to: files of an earlier publish, or what a target keeps of it.</summary>
/// <param name="request">Says where.</param>
/// <param name="opener">Opens other targets.</param>
/// <param name="log">Who is told what is wrong.</param>
internal sealed class EarlierStates(PublishRequest request, TargetOpener opener, PublishLog log)
{
    /// <summary>The state that a target keeps; null when none is asked for, and when there is an error, which was told.</summary>
    /// <param name="target">The target of this publish.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async Task<EarlierState?> OfTargetAsync(OpenTarget target, CancellationToken cancellationToken)
    {
        if (request.Selection.StateTarget is not { Length: > 0 } name)
        {
            return null;
        }

        if (request.Selection.StatePath is not null)
        {
            log.Diagnostic(DeploymentDiagnostics.State("State and StateTarget are two states; give one"));
            return null;
        }

        var manifest =
            name == opener.TargetName
                ? await ReadAsync(target.Connection, target.Project.Target.Schema, target, cancellationToken)
                    .ConfigureAwait(false)
                : await OfOtherAsync(name, target, cancellationToken).ConfigureAwait(false);
        if (manifest is null)
        {
            if (!log.HasErrors)
            {
                log.Diagnostic(DeploymentDiagnostics.State($"nothing was published to target '{name}' yet"));
            }

            return null;
        }

        return new EarlierState(ManifestView.Read(manifest.Read()), null, null);
    }

    /// <summary>What is deferred to; null when nothing is, and when there is an error, which was told.</summary>
    /// <param name="kept">What <see cref="OfTargetAsync"/> gave.</param>
    public Deferral? Deferral(EarlierState? kept)
    {
        if (!request.Defer)
        {
            return null;
        }

        var path = request.DeferStatePath ?? request.Selection.StatePath;
        if (request.DeferStatePath is null && kept is { Manifest: { } published })
        {
            return new Deferral(published, request.FavorState);
        }

        if (path is null)
        {
            log.Diagnostic(
                DeploymentDiagnostics.State(
                    "Defer needs the state of another target: -p:State=<folder> or -p:StateTarget=<target>"
                )
            );
            return null;
        }

        var (state, problem) = EarlierState.Read(path);
        if (state is { Manifest: { } manifest })
        {
            return new Deferral(manifest, request.FavorState);
        }

        log.Diagnostic(DeploymentDiagnostics.State(state is null ? problem : $"there is no manifest.json in '{path}'"));
        return null;
    }

    private async Task<PublishedManifest?> OfOtherAsync(
        string name,
        OpenTarget target,
        CancellationToken cancellationToken
    )
    {
        if (await opener.OpenOtherAsync(name, cancellationToken).ConfigureAwait(false) is not var (source, other))
        {
            return null;
        }

        await using (source.ConfigureAwait(false))
        {
            var connection = await source.OpenConnectionAsync(cancellationToken).ConfigureAwait(false);
            await using (connection.ConfigureAwait(false))
            {
                return await ReadAsync(connection, other.Schema, target, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    private static Task<PublishedManifest?> ReadAsync(
        NpgsqlConnection connection,
        string schema,
        OpenTarget target,
        CancellationToken cancellationToken
    ) =>
        new StateSchema(schema).ReadManifestAsync(
            new StatementRunner(connection),
            target.Project.Source.Root.Name,
            cancellationToken
        );
}
