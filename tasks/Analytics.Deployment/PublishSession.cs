using System.Globalization;
using Analytics.Compiler;
using Analytics.Compiler.Diagnostics;
using Analytics.Compiler.Emitting;
using Analytics.Compiler.Loading;
using Analytics.Compiler.Loading.Profiles;
using Analytics.Deployment.Applying;
using Analytics.Deployment.Applying.Connecting;
using Analytics.Deployment.Planning;
using Analytics.Deployment.Planning.Selection;
using Analytics.Deployment.Reporting;
using Analytics.EmbeddedPostgres;
using Analytics.Jinja.Values;
using Npgsql;

namespace Analytics.Deployment;

/// <summary>Takes a publish from the artifact to the open target and through the run.</summary>
internal sealed class PublishSession(PublishRequest request, Invocation invocation, PublishLog log)
{
    private ServerAddress? address;

    /// <summary>The artifact; null until it was read.</summary>
    public Artifact? Artifact { get; private set; }

    /// <summary>The target's name, as far as it is known.</summary>
    public string TargetName { get; private set; } = request.TargetName ?? string.Empty;

    /// <summary>Where the data can be queried; empty when nothing was connected.</summary>
    public string QueryHint { get; private set; } = string.Empty;

    /// <summary>What would be done; null when it was not asked for.</summary>
    public string? Plan { get; private set; }

    /// <summary>Whether the new relations became visible.</summary>
    public bool IsCutOver { get; private set; }

    /// <summary>What to tell of an exception that nobody caught on the way.</summary>
    public Diagnostic Explain(Exception exception) =>
        exception switch
        {
            EmbeddedPostgresException => DeploymentDiagnostics.NoServer(exception.Message),
            StatementException statement => DeploymentDiagnostics.Preparation(
                statement.Error.SqlState,
                statement.Explanation
            ),
            PostgresException error when QueryHint.Length > 0 => DeploymentDiagnostics.Preparation(
                error.SqlState,
                ServerMessage.Of(error)
            ),
            NpgsqlException when QueryHint.Length > 0 => DeploymentDiagnostics.Connection(
                TargetName,
                address?.ToString() ?? string.Empty,
                $"the connection was lost: {ServerMessage.Of(exception)}"
            ),
            NpgsqlException => DeploymentDiagnostics.Connection(
                TargetName,
                address?.ToString() ?? string.Empty,
                ServerMessage.Of(exception)
            ),
            _ => InternalDiagnostics.Failure("Publishing", exception),
        };

    /// <summary>Publishes.</summary>
    /// <returns>Whether everything is visible now.</returns>
    public async Task<bool> RunAsync(CancellationToken cancellationToken)
    {
        var opened = ArtifactReader.Open(request.ArtifactPath);
        var vars = VarsReader.Parse(request.Vars);
        if (
            log.Diagnostics(opened.Diagnostics) | log.Diagnostics(vars.Diagnostics)
            || opened.Artifact is not { } artifact
        )
        {
            return false;
        }

        Artifact = artifact;
        if (LoadTarget(artifact, vars.Vars) is not { } target)
        {
            return false;
        }

        TargetName = target.Name;
        address = await AddressAsync(target, cancellationToken).ConfigureAwait(false);
        target = target with
        {
            Host = address.Host,
            Port = address.Port,
            Database = address.Database,
            User = address.User,
        };
        var publishLock = PublishLock.Of(artifact.ProjectName, target.Database, target.Schema);
        if (Connections(target, address, artifact, publishLock) is not var (sessions, workers))
        {
            return false;
        }

        // Compiling needs no server: it goes on while the connection is made.
        var compiling = Task.Run(() => Compile(artifact, target, vars.Vars, cancellationToken), cancellationToken);
        await using (sessions.ConfigureAwait(false))
        await using (workers.ConfigureAwait(false))
        {
            var connection = await ConnectAsync(sessions, target, cancellationToken).ConfigureAwait(false);
            await using (connection.ConfigureAwait(false))
            {
                QueryHint = address.QueryHint();
                var compiled = await compiling.ConfigureAwait(false);
                log.Diagnostics(compiled.Diagnostics);
                if (compiled.Project is not { } project || Select(project, artifact) is not { } selected)
                {
                    return false;
                }

                var planner = new TargetPlanner(project, connection, log) { Force = request.Force };
                if (request.WhatIf)
                {
                    return await PrintAsync(planner, selected, cancellationToken).ConfigureAwait(false);
                }

                return await LockAsync(publishLock, connection, cancellationToken).ConfigureAwait(false)
                    && await StepsBeforeAsync(target, address, cancellationToken).ConfigureAwait(false)
                    && await DeployAsync(
                            project,
                            planner,
                            selected,
                            workers,
                            connection,
                            publishLock,
                            cancellationToken
                        )
                        .ConfigureAwait(false);
            }
        }
    }

    private async Task<bool> DeployAsync(
        CompiledProject project,
        TargetPlanner planner,
        IReadOnlySet<string> selected,
        NpgsqlDataSource connections,
        NpgsqlConnection connection,
        PublishLock publishLock,
        CancellationToken cancellationToken
    )
    {
        var plan = await planner.PlanAsync(selected, request.FullRefresh, cancellationToken).ConfigureAwait(false);
        if (plan is not null)
        {
            var run = new DeploymentRun(project, connection, publishLock, log) { StartedAt = invocation.StartedAt };
            var workers = request.Threads ?? project.Target.Threads;
            IsCutOver = await run.RunAsync(connections, plan, request.FullRefresh, workers, cancellationToken)
                .ConfigureAwait(false);
        }

        await ReleaseAsync(publishLock, connection).ConfigureAwait(false);
        return IsCutOver;
    }

    // Reads the catalog and takes no lock: a publish that runs at the same time is not disturbed, and its outcome is not foreseen.
    private async Task<bool> PrintAsync(
        TargetPlanner planner,
        IReadOnlySet<string> selected,
        CancellationToken cancellationToken
    )
    {
        if (
            await planner.PlanAsync(selected, request.FullRefresh, cancellationToken).ConfigureAwait(false)
            is not { } plan
        )
        {
            return false;
        }

        Plan = PlanPrinter.Print(plan);
        foreach (var line in Plan.TrimEnd('\n').Split('\n'))
        {
            log.Progress(line);
        }

        return true;
    }

    // A server ends a closed connection in its own time: the next publish need not wait for that. What goes wrong here changes nothing
    // of what is done; the lock goes with the connection.
    private async Task ReleaseAsync(PublishLock publishLock, NpgsqlConnection connection)
    {
        try
        {
            await publishLock.ReleaseAsync(connection, CancellationToken.None).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is NpgsqlException or InvalidOperationException)
        {
            log.Progress($"the publish's lock is left for the server to free: {ServerMessage.Of(exception)}");
        }
    }

    // Before anything is done to the target: a mistake in a selection costs nothing.
    private IReadOnlySet<string>? Select(CompiledProject project, Artifact artifact)
    {
        var (selected, diagnostics) = new NodeSelector(project, artifact.Manifest).Select(request.Selection);
        log.Diagnostics(diagnostics);
        return selected;
    }

    private TargetProfile? LoadTarget(Artifact artifact, PyDict vars)
    {
        var profile = ProfileLoader.Load(
            new ProfileRequest(
                artifact.ProfileName,
                request.ProjectDirectory,
                request.UserProfilesDirectory,
                request.TargetName,
                artifact.ProjectName,
                request.Environment,
                vars
            )
        );
        log.Diagnostics(profile.Diagnostics);
        return profile.Target;
    }

    private async Task<ServerAddress> AddressAsync(TargetProfile target, CancellationToken cancellationToken)
    {
        if (!target.Embedded)
        {
            return ServerAddress.Of(target);
        }

        var server = await EmbeddedServer
            .StartAsync(
                new EmbeddedServerOptions
                {
                    RootDirectory = request.EmbeddedServerDirectory,
                    Locator = new PostgresLocatorOptions
                    {
                        PackageDirectory = request.EmbeddedServerPackages.FirstOrDefault(Directory.Exists),
                    },
                    Database = target.Database,
                    Owner = target.User,
                    Log = log.Progress,
                },
                cancellationToken
            )
            .ConfigureAwait(false);

        // It outlives the publish: the data is there to be queried.
        return ServerAddress.Of(server);
    }

    private (NpgsqlDataSource Sessions, NpgsqlDataSource Workers)? Connections(
        TargetProfile target,
        ServerAddress server,
        Artifact artifact,
        PublishLock publishLock
    )
    {
        try
        {
            return (
                ConnectionFactory.CreateSession(target, server, artifact.ProjectName),
                ConnectionFactory.CreateWorkers(target, server, artifact.ProjectName, publishLock)
            );
        }
        catch (ArgumentException exception)
        {
            log.Diagnostic(ProjectDiagnostics.InvalidProfile(null, $"target '{target.Name}': {exception.Message}"));
            return null;
        }
    }

    private CompileResult Compile(
        Artifact artifact,
        TargetProfile target,
        PyDict vars,
        CancellationToken cancellationToken
    ) =>
        ProjectCompiler.Compile(
            artifact.Input,
            new CompileOptions(
                target,
                vars,
                request.Environment,
                request.FullRefresh,
                "build",
                invocation.Id,
                invocation.StartedAt
            )
            {
                StoreFailures = request.StoreFailures,
            },
            cancellationToken
        );

    // As dbt does: `retries` more times, waiting a little longer each time; a server that answers with a refusal is not asked again.
    private static async Task<NpgsqlConnection> ConnectAsync(
        NpgsqlDataSource pool,
        TargetProfile target,
        CancellationToken cancellationToken
    )
    {
        var retries = int.TryParse(
            target.Settings.GetValueOrDefault("retries"),
            NumberStyles.None,
            CultureInfo.InvariantCulture,
            out var number
        )
            ? number
            : 1;
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await pool.OpenConnectionAsync(cancellationToken).ConfigureAwait(false);
            }
            catch (NpgsqlException exception) when (exception.IsTransient && attempt <= retries)
            {
                await Task.Delay(TimeSpan.FromSeconds(attempt * attempt), cancellationToken).ConfigureAwait(false);
            }
        }
    }

    private async Task<bool> LockAsync(
        PublishLock publishLock,
        NpgsqlConnection connection,
        CancellationToken cancellationToken
    )
    {
        var holder = await publishLock.TryTakeAsync(connection, cancellationToken).ConfigureAwait(false);
        if (holder is not null)
        {
            log.Diagnostic(DeploymentDiagnostics.Busy(TargetName, holder));
        }

        return holder is null;
    }

    private async Task<bool> StepsBeforeAsync(
        TargetProfile target,
        ServerAddress server,
        CancellationToken cancellationToken
    )
    {
        foreach (var step in request.StepsBefore)
        {
            var sslMode = target.Settings.GetValueOrDefault("sslmode");
            var failed = await PrePublishRunner
                .RunAsync(step, server, sslMode, log, cancellationToken)
                .ConfigureAwait(false);
            if (failed is not null)
            {
                log.Diagnostic(failed);
                return false;
            }
        }

        return true;
    }
}
