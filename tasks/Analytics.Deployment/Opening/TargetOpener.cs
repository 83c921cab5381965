using Analytics.Compiler;
using Analytics.Compiler.Diagnostics;
using Analytics.Compiler.Emitting;
using Analytics.Compiler.Loading;
using Analytics.Compiler.Loading.Profiles;
using Analytics.Deployment.Applying;
using Analytics.Deployment.Applying.Connecting;
using Analytics.Deployment.Reporting;
using Analytics.EmbeddedPostgres;
using Analytics.Jinja.Values;
using Npgsql;

namespace Analytics.Deployment.Opening;

/// <summary>Reads an artifact, finds its target, connects to it and compiles the project for it.</summary>
/// <param name="request">Which artifact, and which target.</param>
/// <param name="log">Who is told what is wrong.</param>
internal sealed class TargetOpener(TargetRequest request, PublishLog log)
{
    private ServerAddress? address;

    /// <summary>The artifact; null until it was read.</summary>
    public Artifact? Artifact { get; private set; }

    /// <summary>The target's name, as far as it is known.</summary>
    public string TargetName { get; private set; } = request.TargetName ?? string.Empty;

    /// <summary>Where the data can be queried; empty when nothing was connected.</summary>
    public string QueryHint { get; private set; } = string.Empty;

    /// <summary>Whether a build has just told what the compiler warns of, so that it need not be told again.</summary>
    public bool HasJustBuilt { get; init; }

    /// <summary>Opens.</summary>
    /// <param name="options">What the project is compiled with, once target and variables are known.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>Null when there is an error, which was told.</returns>
    public async Task<OpenTarget?> OpenAsync(
        Func<TargetProfile, PyDict, CompileOptions> options,
        CancellationToken cancellationToken
    )
    {
        var opened = ArtifactReader.Open(request.ArtifactPath);
        var vars = VarsReader.Parse(request.Vars);
        if (
            log.Diagnostics(opened.Diagnostics) | log.Diagnostics(vars.Diagnostics)
            || opened.Artifact is not { } artifact
        )
        {
            return null;
        }

        Artifact = artifact;
        if (LoadTarget(artifact, request.TargetName, vars.Vars) is not { } target)
        {
            return null;
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
        if (Sessions(target, address, artifact) is not { } sessions)
        {
            return null;
        }

        // Compiling needs no server: it goes on while the connection is made.
        var compiling = Task.Run(
            () => ProjectCompiler.Compile(artifact.Input, options(target, vars.Vars), cancellationToken),
            cancellationToken
        );
        OpenTarget? open = null;
        try
        {
            var connection = await new Reconnection(target, log.Progress)
                .OpenAsync(sessions, cancellationToken)
                .ConfigureAwait(false);
            QueryHint = address.QueryHint();
            try
            {
                var compiled = await compiling.ConfigureAwait(false);
                if (compiled.Project is null || !HasJustBuilt)
                {
                    log.Diagnostics(compiled.Diagnostics);
                }

                open = compiled.Project is { } project
                    ? new OpenTarget(artifact, project, address, sessions, connection)
                    : null;
            }
            finally
            {
                if (open is null)
                {
                    await connection.DisposeAsync().ConfigureAwait(false);
                }
            }
        }
        finally
        {
            if (open is null)
            {
                await sessions.DisposeAsync().ConfigureAwait(false);
            }
        }

        return open;
    }

    /// <summary>Opens a connection to another target of the same profile.</summary>
    /// <param name="name">The target's name.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>The connection and the target; null when there is an error, which was told.</returns>
    public async Task<(NpgsqlDataSource Source, TargetProfile Target)?> OpenOtherAsync(
        string name,
        CancellationToken cancellationToken
    )
    {
        if (
            Artifact is not { } artifact
            || LoadTarget(artifact, name, VarsReader.Parse(request.Vars).Vars) is not { } other
        )
        {
            return null;
        }

        var server = await AddressAsync(other, cancellationToken).ConfigureAwait(false);
        return Sessions(other, server, artifact) is { } sessions ? (sessions, other) : null;
    }

    /// <summary>What to tell of an exception that nobody caught on the way.</summary>
    /// <param name="exception">The exception.</param>
    /// <param name="action">What was being done, for example <c>Publishing</c>.</param>
    public Diagnostic Explain(Exception exception, string action) =>
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
            _ => InternalDiagnostics.Failure(action, exception),
        };

    private TargetProfile? LoadTarget(Artifact artifact, string? name, PyDict vars)
    {
        var profile = ProfileLoader.Load(
            new ProfileRequest(
                artifact.ProfileName,
                request.ProjectDirectory,
                request.UserProfilesDirectory,
                name,
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

        // It outlives what it was started for: the data is there to be queried.
        return ServerAddress.Of(server);
    }

    private NpgsqlDataSource? Sessions(TargetProfile target, ServerAddress server, Artifact artifact)
    {
        try
        {
            return ConnectionFactory.CreateSession(target, server, artifact.ProjectName);
        }
        catch (ArgumentException exception)
        {
            log.Diagnostic(ProjectDiagnostics.InvalidProfile(null, $"target '{target.Name}': {exception.Message}"));
            return null;
        }
    }
}
