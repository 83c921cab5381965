using System.Security.Cryptography;
using System.Text;
using Analytics.EmbeddedPostgres.Running;

namespace Analytics.EmbeddedPostgres.Clusters;

/// <summary>
/// A cluster that is made once and copied for every throw-away server: a copy takes a tenth of the time of initdb.
/// </summary>
internal static class ClusterTemplate
{
    /// <summary>Change it when <see cref="ClusterMaker"/> makes something else than before.</summary>
    private const string Format = "1";

    /// <summary>Makes the template unless it exists. Call it under the lock of the root folder.</summary>
    public static async Task<Cluster> EnsureAsync(
        ClusterPlace place,
        PostgresInstallation installation,
        EmbeddedServerOptions options,
        CancellationToken cancellationToken
    )
    {
        var identity = string.Join('\n', Format, installation, options.Database, options.Owner);
        var key = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(identity)))[..12];
        var folder = place.MakeFolder($"template-{installation.Version}-{key}");
        var template = new Cluster(folder, Path.Combine(folder, PassFile.Name));
        if (template.Major is null)
        {
            options.Log?.Invoke($"Making a template cluster with PostgreSQL {installation.Version}.");
            await new ClusterMaker(place.Account, installation, options).MakeAsync(template, cancellationToken);
        }

        return template;
    }

    /// <summary>Copies the template, passwords included.</summary>
    public static async Task CopyAsync(
        Cluster template,
        Cluster copy,
        ServerAccount account,
        CancellationToken cancellationToken
    )
    {
        CopyDirectory(template.DataDirectory, copy.DataDirectory, cancellationToken);
        await account.TakeOwnershipAsync(copy.DataDirectory, cancellationToken);
        File.Copy(template.PassFilePath, copy.PassFilePath);
    }

    private static void CopyDirectory(string from, string to, CancellationToken cancellationToken)
    {
        var folders = new Queue<(string From, string To)>([(from, to)]);
        while (folders.TryDequeue(out var folder))
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (OperatingSystem.IsWindows())
                Directory.CreateDirectory(folder.To);
            else
                Directory.CreateDirectory(folder.To, File.GetUnixFileMode(folder.From));
            foreach (var entry in new DirectoryInfo(folder.From).EnumerateFileSystemInfos())
            {
                var target = Path.Combine(folder.To, entry.Name);
                if (entry is FileInfo file)
                    file.CopyTo(target);
                else
                    folders.Enqueue((entry.FullName, target));
            }
        }
    }
}
