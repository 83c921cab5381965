using Analytics.EmbeddedPostgres.Clusters;
using Analytics.EmbeddedPostgres.Locating;

namespace Analytics.EmbeddedPostgres.Running;

/// <summary>The one server of a root folder, which outlives the processes that use it.</summary>
internal static class DurableServer
{
    private const string LockName = "lock";

    /// <summary>Reuses, restarts, or creates and starts it.</summary>
    public static async Task<EmbeddedServer> StartAsync(
        string root,
        EmbeddedServerOptions options,
        CancellationToken cancellationToken
    )
    {
        var place = await ClusterPlace.OfAsync(root, cancellationToken);
        await using var held = await RootLock.AcquireAsync(
            Path.Combine(root, LockName),
            options.Timeout,
            cancellationToken
        );
        var cluster = ClusterAt(root, place);
        var control = new ServerControl(place.Account, cluster);
        if (place.IsStandIn && !File.Exists(cluster.PassFilePath))
            await ForgetAsync(cluster, control, options, cancellationToken);

        if (cluster.Major is { } existing)
            RequirePasswords(cluster);
        if (await control.WaitUntilReadyAsync(options.Timeout, cancellationToken) is { } running)
            return Describe(cluster, options, running, null, wasStarted: false);

        // Living yet silent: it gets in the way of a new one.
        await control.StopAsync(null, options.Timeout, cancellationToken);
        PostgresInstallation installation;
        if (cluster.Major is { } major)
        {
            installation = FindFor(cluster, major, options);
        }
        else
        {
            installation = PostgresLocator.Find(options.Locator);
            options.Log?.Invoke(
                $"Creating a private PostgreSQL {installation.Version} ({installation.Origin}) in '{cluster.Folder}'."
            );
            if (place.IsStandIn)
                options.Log?.Invoke(
                    $"PostgreSQL refuses to run as root and its user '{place.Account.UserName}' cannot enter '{root}': the data lies in '{cluster.DataDirectory}'."
                );
        }

        installation = await InstallationCopy.ForAsync(installation, place, cancellationToken);
        if (cluster.Major is null)
            await new ClusterMaker(place.Account, installation, options).MakeAsync(cluster, cancellationToken);
        var started = await control.StartAsync(installation, options, cancellationToken);
        return Describe(cluster, options, started, installation, wasStarted: true);
    }

    /// <summary>The server when it runs and answers; starts and creates nothing.</summary>
    public static async Task<EmbeddedServer?> FindRunningAsync(
        string root,
        EmbeddedServerOptions options,
        CancellationToken cancellationToken
    )
    {
        if (!File.Exists(Path.Combine(root, PassFile.Name)))
            return null;
        var place = await ClusterPlace.OfAsync(root, cancellationToken);
        var cluster = ClusterAt(root, place);
        var control = new ServerControl(place.Account, cluster);
        return await control.WaitUntilReadyAsync(options.Timeout, cancellationToken) is { } running
            ? Describe(cluster, options, running, null, wasStarted: false)
            : null;
    }

    /// <summary>Stops the server of a cluster, whoever started it.</summary>
    public static async Task StopAsync(string root, TimeSpan timeout, CancellationToken cancellationToken)
    {
        var place = await ClusterPlace.OfAsync(root, cancellationToken);
        await using var held = await RootLock.AcquireAsync(Path.Combine(root, LockName), timeout, cancellationToken);
        await new ServerControl(place.Account, ClusterAt(root, place)).StopAsync(null, timeout, cancellationToken);
    }

    private static Cluster ClusterAt(string root, ClusterPlace place) =>
        new(place.Directory, Path.Combine(root, PassFile.Name));

    /// <summary>
    /// Someone deleted the root folder, which holds the passwords and for which the stand-in only stands in: then its data
    /// is to go as well.
    /// </summary>
    private static async Task ForgetAsync(
        Cluster cluster,
        ServerControl control,
        EmbeddedServerOptions options,
        CancellationToken cancellationToken
    )
    {
        await control.StopAsync(null, options.Timeout, cancellationToken);
        if (Directory.Exists(cluster.DataDirectory))
            Directory.Delete(cluster.DataDirectory, recursive: true);
    }

    private static void RequirePasswords(Cluster cluster)
    {
        if (!File.Exists(cluster.PassFilePath))
            throw new EmbeddedPostgresException(
                $"The cluster in '{cluster.DataDirectory}' has lost its passwords: '{cluster.PassFilePath}' is missing. Put it back, or delete the data folder to start anew."
            );
    }

    private static PostgresInstallation FindFor(Cluster cluster, int major, EmbeddedServerOptions options)
    {
        try
        {
            return PostgresLocator.Find(options.Locator with { Major = major });
        }
        catch (PostgresNotFoundException missing)
        {
            throw new EmbeddedPostgresException(
                $"The cluster in '{cluster.DataDirectory}' was made by PostgreSQL {major}, and only that can open it. {missing.Message} Or delete the data folder to start anew with another version.",
                missing
            );
        }
    }

    private static EmbeddedServer Describe(
        Cluster cluster,
        EmbeddedServerOptions options,
        PostmasterFile running,
        PostgresInstallation? installation,
        bool wasStarted
    ) =>
        new(
            cancellationToken =>
                StopAsync(Path.GetDirectoryName(cluster.PassFilePath)!, options.Timeout, cancellationToken),
            null
        )
        {
            Port = running.Port,
            Database = options.Database,
            User = options.Owner,
            PassFilePath = cluster.PassFilePath,
            DataDirectory = cluster.DataDirectory,
            LogFilePath = cluster.LogFilePath,
            MajorVersion = cluster.Major ?? installation?.Version.Major ?? 0,
            WasStarted = wasStarted,
        };
}
