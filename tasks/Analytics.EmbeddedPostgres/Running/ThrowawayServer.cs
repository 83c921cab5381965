using Analytics.EmbeddedPostgres.Clusters;
using Analytics.EmbeddedPostgres.Locating;

namespace Analytics.EmbeddedPostgres.Running;

/// <summary>
/// Servers of one process each. Each has a folder <c>run-…</c> with a lock that its owner holds while it lives, so that a
/// later start can tell which ones have lost their owner.
/// </summary>
internal static class ThrowawayServer
{
    private const string LockName = "lock";

    private const string RunPrefix = "run-";

    private const string OwnerName = "owner";

    /// <summary>Deletes what dead owners left, then starts a server on a copy of the template cluster.</summary>
    public static async Task<EmbeddedServer> StartAsync(
        string root,
        EmbeddedServerOptions options,
        CancellationToken cancellationToken
    )
    {
        var place = await ClusterPlace.OfAsync(root, cancellationToken);
        var installation = await InstallationCopy.ForAsync(
            PostgresLocator.Find(options.Locator),
            place,
            cancellationToken
        );
        Cluster template;
        Cluster cluster;
        FileStream owner;
        // Making a template takes a second or two, and several may be made one after another.
        var patience = options.Timeout + TimeSpan.FromSeconds(60);
        await using (await RootLock.AcquireAsync(Path.Combine(place.Directory, LockName), patience, cancellationToken))
        {
            await ReapAsync(place, options.Timeout, cancellationToken);
            template = await ClusterTemplate.EnsureAsync(place, installation, options, cancellationToken);
            var folder = place.MakeFolder(RunPrefix + Guid.NewGuid().ToString("N")[..12]);
            cluster = new Cluster(folder, Path.Combine(folder, PassFile.Name));
            owner =
                RootLock.TryAcquire(Path.Combine(folder, OwnerName))
                ?? throw new EmbeddedPostgresException($"'{folder}' is in use by another process.");
        }

        var control = new ServerControl(place.Account, cluster);
        try
        {
            await ClusterTemplate.CopyAsync(template, cluster, place.Account, cancellationToken);
            var running = await control.StartAsync(installation, options, cancellationToken);
            return new EmbeddedServer(
                stopping => control.StopAsync(installation, options.Timeout, stopping),
                DeleteAsync
            )
            {
                Port = running.Port,
                Database = options.Database,
                User = options.Owner,
                PassFilePath = cluster.PassFilePath,
                DataDirectory = cluster.DataDirectory,
                LogFilePath = cluster.LogFilePath,
                MajorVersion = installation.Version.Major,
                WasStarted = true,
            };
        }
        catch
        {
            await DeleteAsync();
            throw;
        }

        async Task DeleteAsync()
        {
            await control.StopAsync(installation, options.Timeout, CancellationToken.None);
            await owner.DisposeAsync();
            Delete(cluster.Folder);
        }
    }

    private static async Task ReapAsync(ClusterPlace place, TimeSpan timeout, CancellationToken cancellationToken)
    {
        foreach (var folder in Directory.EnumerateDirectories(place.Directory, RunPrefix + "*"))
        {
            await using var owner = RootLock.TryAcquire(Path.Combine(folder, OwnerName));
            if (owner is null)
                continue;
            var cluster = new Cluster(folder, Path.Combine(folder, PassFile.Name));
            await new ServerControl(place.Account, cluster).StopAsync(null, timeout, cancellationToken);
            await owner.DisposeAsync();
            Delete(folder);
        }
    }

    private static void Delete(string folder)
    {
        try
        {
            Directory.Delete(folder, recursive: true);
        }
        catch (DirectoryNotFoundException)
        {
            // The next start in this root folder was quicker.
        }
    }
}
